import { classificationSample, DIR, RESOURCES } from './practice-files.ts'
import { findPrivate } from '@shared/domain/privacy.ts'
import { AgencySettings } from '@shared/domain/settings.ts'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { composeBootstrap } from '../../../electron/hub/practice/compose-bootstrap.ts'
import { HolidayFile } from '../../../electron/hub/practice/files.ts'
import { readReports } from '../../../electron/hub/practice/load-practice.ts'

const { bootstrap, people, password } = await composeBootstrap(DIR)
const reports = await readReports(DIR)
const share = (some: readonly unknown[]) => some.length / reports.length

test('the composed set-up file is what the hub accepts, and every office can work', () => {
  expect(bootstrap.agencies.length).toBeGreaterThanOrEqual(9)
  for (const { id } of bootstrap.agencies) {
    const roles = new Set(
      bootstrap.people.filter((p) => p.agencyId === id && p.active).flatMap((p) => p.roles),
    )
    expect(roles, id).toContain('supervisor')
    if (id !== 'OPERATOR')
      for (const role of ['clerk', 'agenda_clerk', 'agency_admin']) expect(roles, id).toContain(role)
    const settings = AgencySettings.parse(bootstrap.settings[id])
    expect(settings.templates.length, id).toBeGreaterThanOrEqual(3)
    expect(settings.units.length, id).toBeGreaterThanOrEqual(1)
    expect(settings.calendar).toMatchObject({ zone: 'Asia/Jayapura', utcOffsetMinutes: 540 })
  }
  expect(password).toBe('latihan-mimika')
})

test('people: own id, own NIP with a plausible birth date, titles beside the name', () => {
  expect(new Set(bootstrap.people.map((p) => p.id)).size).toBe(bootstrap.people.length)
  const nips = bootstrap.people.flatMap((p) => p.nip ?? [])
  expect(new Set(nips).size).toBe(nips.length)
  // Birth 1950–2010, appointment year, sex digit, and a serial from 900 on: an invented one.
  for (const nip of nips)
    expect(nip).toMatch(
      /^(19[5-9]|200)\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(19|20)\d\d(0[1-9]|1[0-2])[12]9\d\d$/,
    )
  for (const p of people.values()) expect(p.name).not.toMatch(/,|\b(Drs?|Ir|dr)\./)
})

test('letters: two offices with their own form, all with codes that the classification knows', () => {
  const codes = classificationSample()
  for (const [id, settings] of Object.entries(bootstrap.settings)) {
    for (const profile of settings.letterProfiles) {
      const used = [profile.register.classification, ...Object.values(profile.classifications)]
      for (const code of used) expect(codes, `${id} ${code}`).toContain(code)
      for (const service of Object.keys(profile.classifications))
        expect(bootstrap.services.find((s) => s.id === service)?.agencyId).toBe(id)
      expect(profile.kop.map((line) => line.text).join(' ')).toMatch(/\(0901\) 000-\d{3}.*latihan/)
      expect([...people.values()].some((p) => p.id === profile.signerId && p.agencyId === id)).toBe(true)
    }
  }
  expect(bootstrap.settings['PUPR']!.letterProfiles[0]).toMatchObject({
    paper: 'A4',
    addresseePlace: 'below_subject',
  })
  expect(bootstrap.settings['DISHUB']!.letterProfiles[0]).toMatchObject({
    paper: 'F4',
    addresseePlace: 'right',
  })
})

test('templates name services that exist and only the fields the desk fills', () => {
  const ids = new Set(bootstrap.services.map((s) => s.id))
  const all = new Map(
    Object.values(bootstrap.settings).flatMap((s) => s.templates.map((t) => [t.id, t] as const)),
  )
  expect(all.size).toBeGreaterThanOrEqual(12)
  expect(new Set([...all.values()].map((t) => t.kind))).toEqual(new Set(['acknowledgement', 'final']))
  for (const t of all.values()) {
    for (const s of t.services) expect(ids).toContain(s)
    for (const [, field] of t.body.matchAll(/\{(\w+)\}/g))
      expect(['nama', 'nomor', 'subjek', 'tanggal', 'lokasi', 'instansi']).toContain(field)
  }
})

test('holidays: dated, sorted, each once, estimates called estimates', () => {
  const folder = join(RESOURCES, 'holidays')
  const files = readdirSync(folder).map((f) =>
    HolidayFile.parse(JSON.parse(readFileSync(join(folder, f), 'utf8'))),
  )
  const dates = files.flatMap((f) => f.holidays.map((h) => h.date))
  expect(new Set(dates).size).toBe(dates.length)
  expect(dates).toEqual(
    expect.arrayContaining(['2026-02-05', '2026-08-17', '2026-12-25', '2027-02-05', '2027-12-25']),
  )
  const y2027 = files.find((f) => f.year === 2027)!
  expect(y2027.confidence).toMatch(/^rendah/)
  expect(y2027.holidays.filter((h) => h.name.includes('(perkiraan)')).length).toBeGreaterThan(10)
})

test('reports: many, spread over the offices, each written for itself', () => {
  expect(reports.length).toBeGreaterThanOrEqual(140)
  expect(new Set(reports.map((r) => r.ref)).size).toBe(reports.length)
  expect(new Set(reports.map((r) => r.body)).size).toBe(reports.length)
  const owner = new Map(bootstrap.services.map((s) => [s.id, s.agencyId ?? 'OPERATOR']))
  const count = (id: string) => reports.filter((r) => owner.get(r.service) === id).length
  expect(count('PUPR')).toBeGreaterThanOrEqual(45)
  expect(count('DISHUB')).toBeGreaterThanOrEqual(25)
  for (const { id } of bootstrap.agencies) expect(count(id), id).toBeGreaterThanOrEqual(5)
  expect(share(reports.filter((r) => r.anonymous))).toBeGreaterThan(0.1)
  expect(share(reports.filter((r) => r.confidential))).toBeGreaterThan(0.05)
  expect(reports.filter((r) => r.body.length > 3300).length).toBeGreaterThanOrEqual(2)
  expect(Math.max(...reports.map((r) => r.body.length))).toBeGreaterThan(3850)
  expect(reports.some((r) => /\S{60,}/.test(r.body))).toBe(true)
  expect(reports.some((r) => /\p{Extended_Pictographic}/u.test(r.body))).toBe(true)
})

test('the language is believable: Papuan Malay in a good part, no filler anywhere', () => {
  const papuan = /\b(sa|ko|dong|dorang|kitong|tong|tra|trada|su|pu|kam|ka|jang|bapa|kaka|to|bapukul)\b/i
  expect(share(reports.filter((r) => papuan.test(r.body)))).toBeGreaterThan(0.2)
  for (const r of reports) {
    const words = [r.subject, r.body, ...r.story.flatMap((s) => Object.values(s).map(String))].join(' ')
    expect(words, r.ref).not.toMatch(/lorem|ipsum|\bTODO\b|undefined|\[[a-z ]+\]|\{[a-z]+\}/i)
  }
})

test('nobody real: reserved phones and addresses, and only two identity numbers, of a province that does not exist', () => {
  const niks: string[] = []
  for (const r of reports) {
    if (r.reporter?.phone) expect(r.reporter.phone).toMatch(/^0812-0000-\d{4}$/)
    if (r.reporter?.email) expect(r.reporter.email).toMatch(/@contoh\.invalid$/)
    niks.push(...(JSON.stringify(r).match(/\d{16,}/g) ?? []))
  }
  expect(niks).toHaveLength(2)
  for (const nik of niks) expect(nik).toMatch(/^99\d{14}$/)
})

test('places lie in the regency, photos exist and are small', () => {
  const used = new Set(reports.flatMap((r) => r.photos ?? []))
  const folder = join(DIR, 'photos')
  expect(used.size).toBeGreaterThanOrEqual(20)
  for (const name of used) expect(readdirSync(folder)).toContain(name)
  for (const name of readdirSync(folder)) {
    expect(statSync(join(folder, name)).size, name).toBeLessThan(60_000)
    expect(readFileSync(join(folder, name)).subarray(0, 3).toString('hex')).toBe('ffd8ff')
  }
  for (const r of reports.filter((x) => x.lat !== null)) {
    expect(r.lat!).toBeGreaterThan(-5.1)
    expect(r.lat!).toBeLessThan(-4)
    expect(r.lon!).toBeGreaterThan(136.2)
    expect(r.lon!).toBeLessThan(137.6)
  }
})

test('answers in the stories would pass the privacy check: no numbers, and no name where it is sealed', () => {
  const sealed = reports.filter((r) => r.anonymous && r.reporter)
  expect(sealed.length).toBeGreaterThan(8)
  for (const r of reports)
    for (const step of r.story)
      if (step.do === 'submit')
        expect(findPrivate(step.body, r.anonymous ? (r.reporter?.name ?? null) : null), r.ref).toEqual([])
})
