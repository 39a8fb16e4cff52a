import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { HUB_CONTENT_TYPE } from '@shared/sync/exchange.ts'
import { FAKE_PASSWORD } from '../../fakes/fake-hub.ts'
import { enqueue } from '../../../electron/core/outbox/enqueue.ts'
import { idOf, people } from '../sample.ts'
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
    'device.json',
    'device.key',
    'keys.json',
  ])
})

test('practice: one call starts a hub, enrols and signs the first clerk in; roles switch in a step', async () => {
  const hub = sampleHub()
  hub.password = 'rahasia-uji'
  const url = 'http://127.0.0.1:4999'
  const pc = freshPc(
    {
      startPracticeHub: (onProgress) => {
        onProgress('seed', 0.5)
        return Promise.resolve({ url, adminToken: 'admin' })
      },
    },
    hub,
  )
  pc.link.answer = (request) => {
    if (!request.url.endsWith('/admin/enrolment-codes')) return null
    const body = Buffer.from(JSON.stringify({ code: hub.code(), expiresAt: 1 }))
    return {
      status: 200,
      url: request.url,
      headers: { 'content-type': HUB_CONTENT_TYPE },
      body,
      wireBytes: body.length,
    }
  }
  await pc.call('setup.startPractice', {})
  expect(await pc.call('app.status', {})).toMatchObject({
    phase: 'ready',
    hubUrl: url,
    person: { roles: ['clerk'] },
  })
  expect(pc.host.staleTopics).toContain('setup')
})
