import { existsSync, mkdirSync, readFileSync, readdirSync, rmdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { HUB_CONTENT_TYPE } from '@shared/sync/exchange.ts'
import { getMeta } from '../../../electron/core/db/meta.ts'
import { FetchError } from '../../../electron/core/host.ts'
import { FAKE_PASSWORD } from '../../fakes/fake-hub.ts'
import { enqueue } from '../../../electron/core/outbox/enqueue.ts'
import { idOf, people, reportOf } from '../sample.ts'
import { clerksPc, enrolledPc, freshPc, sampleHub } from './with-fake-hub.ts'

const clerk = { personId: people.clerk.id, password: FAKE_PASSWORD }

test('a first run asks for nothing and keeps preferences', async () => {
  const pc = freshPc()
  expect(await pc.call('app.status', {})).toMatchObject({
    phase: 'first_run',
    people: [],
    agency: null,
    problem: null,
  })
  expect(await pc.call('app.preferences', {})).toMatchObject({ locale: 'id' })
  await pc.call('app.setPreferences', { locale: 'en', theme: 'dark', textSize: 115, density: 'compact' })
  expect(await pc.again().call('app.preferences', {})).toMatchObject({ locale: 'en', theme: 'dark' })
  writeFileSync(join(pc.dataDir, 'preferences.json'), '{"locale":"xx","theme":"dar')
  expect(await pc.call('app.preferences', {})).toMatchObject({ locale: 'id', theme: 'system' })
})

test('enrolment that fails says why, and the PC stays as it was', async () => {
  const pc = freshPc()
  const enrol = (hubUrl: string, code: string) =>
    pc.refusal('setup.enrol', { hubUrl, code, deviceName: 'PC' })
  const { url } = pc.hub
  expect(await enrol('http://hub.example', 'X')).toBe('bad_address')
  expect(await enrol(url, 'TIDAK-ADA')).toBe('code_unknown')
  pc.link.up = false
  expect(await enrol(url, 'X')).toBe('hub_unreachable')
  pc.link.up = true
  const answer = (headers: Record<string, string>, body: string, status = 200) => {
    pc.link.answer = (request) => ({
      status,
      url: request.url,
      headers,
      body: Buffer.from(body),
      wireBytes: body.length,
    })
  }
  answer({ 'content-type': 'text/html' }, '<html>')
  expect(await enrol(url, 'X')).toBe('login_page')
  answer({ 'content-type': 'application/json' }, '{}')
  expect(await enrol(url, 'X')).toBe('not_a_hub')
  const hello = { product: 'meja-lapor-hub', hubId: idOf(1), name: 'x', time: 1, practice: false }
  answer({ 'content-type': HUB_CONTENT_TYPE }, JSON.stringify({ ...hello, protocol: 0, minProtocol: 0 }))
  expect(await enrol(url, 'X')).toBe('hub_too_old')
  answer({ 'content-type': HUB_CONTENT_TYPE }, JSON.stringify({ ...hello, protocol: 9, minProtocol: 9 }))
  expect(await enrol(url, 'X')).toBe('hub_too_new')
  pc.link.answer = null
  expect(readdirSync(pc.dataDir).filter((name) => /^(device|keys|desk)/.test(name))).toEqual([])
  expect((await pc.call('app.status', {})).phase).toBe('first_run')
  const code = pc.hub.code()
  expect(await pc.call('setup.enrol', { hubUrl: url, code, deviceName: 'PC' })).toMatchObject({
    phase: 'locked',
    deviceCode: 'AA',
  })
  expect(await pc.refusal('setup.enrol', { hubUrl: url, code, deviceName: 'PC' })).toBe('wrong_state')
  expect(await freshPc({}, pc.hub).refusal('setup.enrol', { hubUrl: url, code, deviceName: 'PC' })).toBe(
    'code_used',
  )
})

test('secrets lie in no readable file; without a secret store, in a file of this user alone', async () => {
  const pc = await clerksPc()
  const secrets = readFileSync(join(pc.dataDir, 'device.key'), 'utf8')
  expect(secrets).not.toContain('deviceSecret')
  const plain = await enrolledPc({ secretStore: false })
  const file = join(plain.dataDir, 'device.key')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ protected: false })
  expect(statSync(file).mode & 0o077).toBe(0)
  for (const name of ['device.json', 'keys.json']) {
    const text = readFileSync(join(plain.dataDir, name), 'utf8')
    expect(text).not.toMatch(/token|secret/i)
    expect(statSync(join(plain.dataDir, name)).mode & 0o077).toBe(0)
  }
})

test('a damaged database is set aside whole, and what was not yet sent comes back out of it', async () => {
  // Verifies SYNC-01
  const pc = await clerksPc()
  pc.link.up = false
  const act = {
    kind: 'report.prioritise',
    reportId: idOf(1),
    baseVersion: 1,
    payload: { priority: 'high' },
  } as const
  const { mutationId } = enqueue(pc.core.desk()!, act)
  await pc.call('drafts.save', {
    draftId: null,
    reportId: idOf(2),
    kind: 'final',
    body: 'naskah',
    attachments: [],
    replyId: null,
  })
  pc.core.desk()!.db.run(`INSERT INTO report_search (report_search) VALUES ('optimize')`)
  await pc.call('session.signOut', {})
  const file = join(pc.dataDir, 'desk.db')
  const bytes = readFileSync(file)
  // The last third holds the latest pages; the schema at the front stays readable.
  bytes.fill(0x55, Math.floor(bytes.length * 0.97))
  writeFileSync(file, bytes)
  writeFileSync(`${file}.open`, '')
  const later = pc.again()
  expect(await later.refusal('session.signIn', clerk)).toBe('db_corrupt')
  expect(await later.call('app.status', {})).toMatchObject({
    phase: 'broken',
    problem: { code: 'db_corrupt' },
  })
  expect(await later.call('setup.rebuild', {})).toMatchObject({ phase: 'locked', problem: null })
  await later.call('session.signIn', clerk)
  const aside = readdirSync(pc.dataDir).find((name) => name.startsWith('rusak-'))!
  expect(readFileSync(join(pc.dataDir, aside, 'desk.db')).equals(bytes)).toBe(true)
  expect(existsSync(`${file}.rebuild`)).toBe(false)
  expect((await later.call('sync.outbox', { open: true })).map((item) => item.id)).toEqual([mutationId])
  expect(await later.call('drafts.orphaned', {})).toMatchObject([{ body: 'naskah' }])
  pc.link.up = true
  expect(await later.call('sync.now', {})).toMatchObject({ phase: 'idle', mirroredReportCount: 3, queued: 0 })
  expect(pc.hub.effects.map((effect) => effect.id)).toEqual([mutationId])
  expect(await later.call('drafts.mine', {})).toMatchObject([{ body: 'naskah' }])
})

test('a data folder that takes no file is named; once it does, looking again is enough', async () => {
  const pc = await clerksPc()
  pc.core.stop()
  const inTheWay = join(pc.dataDir, '.tulis')
  mkdirSync(inTheWay)
  const later = pc.again()
  expect(await later.call('app.status', {})).toMatchObject({
    phase: 'broken',
    problem: { code: 'folder_not_writable', detail: pc.dataDir },
  })
  expect((await later.call('setup.recheck', {})).phase).toBe('broken')
  rmdirSync(inTheWay)
  expect(await later.call('setup.recheck', {})).toMatchObject({ phase: 'locked', problem: null })
  await later.call('session.signIn', clerk)
})

test('a database of a newer app is left alone', async () => {
  const pc = await clerksPc()
  pc.core.desk()!.db.pragma('user_version = 999')
  const later = pc.again()
  expect(await later.refusal('session.signIn', clerk)).toBe('db_from_future')
  expect((await later.call('app.status', {})).phase).toBe('broken')
})

test('a device key that this PC no longer opens leads to a new enrolment, with the old files kept', async () => {
  const pc = await clerksPc()
  pc.core.stop()
  const moved = freshPc({ dataDir: pc.dataDir, secretStore: false }, pc.hub)
  expect(await moved.refusal('session.signIn', clerk)).toBe('wrong_key')
  expect(await moved.call('setup.rebuild', {})).toMatchObject({ phase: 'first_run' })
  const aside = readdirSync(pc.dataDir).find((name) => name.startsWith('rusak-'))!
  expect(readdirSync(join(pc.dataDir, aside)).sort()).toEqual([
    'desk.db',
    'desk.journal',
    'device.json',
    'device.key',
    'keys.json',
  ])
})

test('practice: one call starts a hub, enrols and signs the first clerk in; roles switch in a step', async () => {
  const hub = sampleHub()
  hub.password = 'rahasia-uji'
  let port = 4998
  const started: string[] = []
  const pc = freshPc(
    {
      startPracticeHub: (onProgress) => {
        onProgress('seed', 0.5)
        started.push(`http://127.0.0.1:${++port}`)
        return Promise.resolve({ url: started.at(-1)!, adminToken: 'admin' })
      },
    },
    hub,
  )
  pc.link.answer = (request) => {
    // Only the port that was given last leads anywhere.
    if (!request.url.startsWith(started.at(-1) ?? '-')) throw new FetchError('unreachable', request.url)
    if (!request.url.endsWith('/admin/enrolment-codes')) return null
    const body = Buffer.from(JSON.stringify({ code: hub.code(), expiresAt: 1 }))
    const headers = { 'content-type': HUB_CONTENT_TYPE }
    return { status: 200, url: request.url, headers, body, wireBytes: body.length }
  }
  await pc.call('setup.startPractice', {})
  const ready = await pc.call('app.status', {})
  expect(ready).toMatchObject({
    phase: 'ready',
    hubUrl: 'http://127.0.0.1:4999',
    person: { roles: ['clerk'] },
  })
  expect(pc.host.staleTopics).toContain('setup')

  const later = pc.again()
  const clerkHere = { personId: ready.person!.id, password: 'rahasia-uji' }
  await later.call('session.signIn', clerkHere)
  expect(await later.call('sync.now', {})).toMatchObject({ phase: 'idle', hubUrl: 'http://127.0.0.1:5000' })
  // This fake hub is a real office's for the desk, so nobody switches without a password.
  expect(await later.refusal('session.switchPractice', { personId: people.supervisor.id })).toBe(
    'not_allowed',
  )
  hub.practice = true
  const practice = freshPc(
    { startPracticeHub: () => Promise.resolve({ url: started.at(-1)!, adminToken: 'admin' }) },
    hub,
  )
  practice.link.answer = pc.link.answer
  await practice.call('setup.startPractice', {})
  const switched = await practice.call('session.switchPractice', { personId: people.supervisor.id })
  expect(switched).toMatchObject({ phase: 'ready', practice: true, person: { id: people.supervisor.id } })
})

test('a full disk refuses the act in words and keeps what was saved; the desk goes on reading', async () => {
  const pc = await clerksPc()
  const { db } = pc.core.desk()!
  const save = (body: string) =>
    pc.refusal('drafts.save', {
      draftId: null,
      reportId: idOf(1),
      kind: 'final',
      body,
      attachments: [],
      replyId: null,
    })
  expect(await save('sebelum penuh')).toBe('ok')
  db.pragma(`max_page_count = ${db.pragma('page_count') as number}`)
  const answers: string[] = []
  for (let i = 0; i < 40 && !answers.includes('disk_full'); i++) answers.push(await save('x'.repeat(15_000)))
  expect(answers.at(-1)).toBe('disk_full')
  for (let n = 100; n < 160; n++) pc.hub.put('report', idOf(n), reportOf(n, { body: 'panjang '.repeat(400) }))
  const cursor = getMeta(db, 'cursor')
  expect((await pc.call('sync.now', {})).mirroredReportCount).toBe(3)
  expect(getMeta(db, 'cursor')).toBe(cursor)
  expect((await pc.call('drafts.mine', {})).map((draft) => draft.body)).toContain('sebelum penuh')
  db.pragma('max_page_count = 1073741823')
  expect(await pc.call('sync.now', {})).toMatchObject({ phase: 'idle', mirroredReportCount: 63 })
})

test('an act on a report that left the agency is refused by the hub and stays readable', async () => {
  // Verifies SYNC-06, SYNC-01
  const pc = await clerksPc()
  pc.link.up = false
  const act = {
    kind: 'report.note',
    reportId: idOf(1),
    baseVersion: 1,
    payload: { text: 'catatan saya' },
  } as const
  const { mutationId } = enqueue(pc.core.desk()!, act)
  pc.hub.remove('report_state', idOf(1))
  pc.hub.remove('report', idOf(1))
  pc.link.up = true
  expect(await pc.call('sync.now', {})).toMatchObject({ needsPerson: 1, mirroredReportCount: 2 })
  expect(await pc.call('sync.outbox', { open: true })).toMatchObject([
    { id: mutationId, state: 'rejected', reason: 'reassigned' },
  ])
})
