import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { NewMutation } from '../../electron/core/desk.ts'
import { enqueue } from '../../electron/core/outbox/enqueue.ts'
import { HUB_CONTENT_TYPE } from '@shared/sync/exchange.ts'
import { PASSWORD, PEOPLE } from '../hub/small-regency.ts'
import { deskOf, enrolledCore, lostAnswer, noLink, realHub } from './with-hub.ts'
import type { TestCore } from '../core/make-core.ts'

const onlyReport = async (pc: TestCore) => {
  const { items } = await pc.call('reports.list', { view: 'all' })
  return items[0]!
}
const stateVersion = (pc: TestCore, id: string) =>
  deskOf(pc).db.get<{ version: number }>('SELECT version FROM m_report_states WHERE id = ?', id)!.version
const queue = async (pc: TestCore, act: Pick<NewMutation, 'kind' | 'payload'>) => {
  const { id } = await onlyReport(pc)
  return enqueue(deskOf(pc), { ...act, reportId: id, baseVersion: stateVersion(pc, id) } as NewMutation)
    .mutationId
}
const verify = {
  kind: 'report.verify',
  payload: { class: 'keluhan', oversight: false, priority: 'normal' },
} as const
const note = (text: string) => ({ kind: 'report.note', payload: { text } }) as const
const entries = async (pc: TestCore, action: string) => {
  const detail = await pc.call('reports.get', { reportId: (await onlyReport(pc)).id })
  return detail.entries.filter((entry) => entry.action === action)
}
const stateOf = (pc: TestCore, mutationId: string) =>
  deskOf(pc).db.get<{ state: string }>('SELECT state FROM outbox WHERE id = ?', mutationId)!.state

test('a desk enrols, signs in, mirrors a report, and its act reaches the hub and another PC', async () => {
  const hub = await realHub()
  const number = await hub.report()
  const pc = await enrolledCore(hub)
  const other = await enrolledCore(hub, PEOPLE.supervisor)
  const status = await pc.call('app.status', {})
  expect(status).toMatchObject({ phase: 'ready', agency: { id: 'PUPR' }, person: { id: PEOPLE.clerk.id } })
  expect((await onlyReport(pc)).number).toBe(number)
  // The other PC's own request for letter numbers may just have woken this one.
  await pc.idle()
  expect(await pc.call('sync.status', {})).toMatchObject({
    phase: 'idle',
    hubReportCount: 1,
    mirroredReportCount: 1,
    mirrorComplete: true,
    problem: null,
  })
  await queue(pc, verify)
  expect(await onlyReport(pc)).toMatchObject({ state: 'verified', pending: true })
  await pc.call('sync.now', {})
  expect(await onlyReport(pc)).toMatchObject({ state: 'verified', pending: false, class: 'keluhan' })
  await other.call('sync.now', {})
  expect(await onlyReport(other)).toMatchObject({ state: 'verified', class: 'keluhan' })
})

test('an act whose answer was lost is applied exactly once', async () => {
  // Verifies SYNC-02
  const hub = await realHub()
  await hub.report()
  const pc = await enrolledCore(hub)
  const id = await queue(pc, note('hanya sekali'))
  await pc.idle()
  pc.link.fault = lostAnswer
  const id2 = await queue(pc, note('juga sekali'))
  expect((await pc.call('sync.now', {})).phase).toBe('offline')
  expect(stateOf(pc, id2)).toBe('queued')
  pc.link.fault = null
  expect((await pc.call('sync.now', {})).phase).toBe('idle')
  expect([stateOf(pc, id), stateOf(pc, id2)]).toEqual(['applied', 'applied'])
  expect((await entries(pc, 'note')).map((entry) => entry.text).sort()).toEqual([
    'hanya sekali',
    'juga sekali',
  ])
})

test('work goes on while the hub is down, is queued, and applied once when it returns', async () => {
  // Verifies SYNC-01, SYNC-02
  const hub = await realHub()
  await hub.report()
  const pc = await enrolledCore(hub)
  await pc.idle()
  pc.link.fault = noLink
  const before = await pc.call('sync.status', {})
  for (const text of ['satu', 'dua', 'tiga']) await queue(pc, note(text))
  await queue(pc, verify)
  const down = await pc.call('sync.now', {})
  expect(down).toMatchObject({
    phase: 'offline',
    queued: 4,
    problem: 'hub_unreachable',
    lastSyncedAt: before.lastSyncedAt,
  })
  expect(await onlyReport(pc)).toMatchObject({ state: 'verified', pending: true })
  const later = await pc.again()
  await later.call('session.signIn', { personId: PEOPLE.clerk.id, password: PASSWORD })
  expect(await onlyReport(later)).toMatchObject({ state: 'verified', pending: true })
  await later.idle()
  pc.link.fault = null
  expect(await later.call('sync.now', {})).toMatchObject({ phase: 'idle', queued: 0, needsPerson: 0 })
  expect((await entries(later, 'note')).map((entry) => entry.text)).toEqual(['satu', 'dua', 'tiga'])
})

test('a login page, a redirect, a proxy or half an answer is never "sent"', async () => {
  // Verifies SYNC-05
  const hub = await realHub()
  await hub.report()
  const pc = await enrolledCore(hub)
  await pc.idle()
  const id = await queue(pc, note('tetap antre'))
  await pc.idle()
  const first = stateOf(pc, id)
  const page = (status: number, headers: Record<string, string>, body: string, url?: string) => () => {
    pc.link.requests.length = 0
    return Promise.resolve({
      status,
      headers,
      body: Buffer.from(body),
      url: url ?? hub.url,
      wireBytes: body.length,
    })
  }
  const html = { 'content-type': 'text/html; charset=utf-8' }
  const cases: [ReturnType<typeof page>, string][] = [
    [page(200, html, '<html>Silakan masuk</html>'), 'login_page'],
    [page(302, html, '', 'http://portal.example/masuk'), 'redirected'],
    [page(511, html, ''), 'network_login'],
    [page(404, html, 'no'), 'not_a_hub'],
    [page(200, { 'content-type': 'application/json' }, '{"ok":true}'), 'not_a_hub'],
    [page(502, html, 'Bad gateway'), 'hub_unreachable'],
    [page(407, html, 'Proxy'), 'proxy_login'],
    [page(200, { 'content-type': HUB_CONTENT_TYPE }, '{"protocol":1,"rece'), 'hub_unreachable'],
    [page(200, { 'content-type': HUB_CONTENT_TYPE }, '{"protocol":1}'), 'not_a_hub'],
    [
      page(500, { 'content-type': HUB_CONTENT_TYPE }, '{"error":{"code":"internal","message":""}}'),
      'hub_error',
    ],
  ]
  const synced = (await pc.call('sync.status', {})).lastSyncedAt
  for (const [answer, problem] of cases) {
    pc.link.fault = answer
    const mine = await queue(pc, note(problem))
    const status = await pc.call('sync.now', {})
    expect([status.problem, status.lastSyncedAt], problem).toEqual([problem, synced])
    expect(stateOf(pc, mine)).toBe('queued')
  }
  expect(first).toBe('applied')
  pc.link.fault = null
  expect(await pc.call('sync.now', {})).toMatchObject({ phase: 'idle', problem: null, queued: 0 })
  expect(await entries(pc, 'note')).toHaveLength(cases.length + 1)
})

test('different fields merge; the same field waits for a person with both versions', async () => {
  // Verifies SYNC-07
  const hub = await realHub()
  await hub.report()
  const pc = await enrolledCore(hub)
  const other = await enrolledCore(hub, PEOPLE.supervisor)
  for (const each of [pc, other]) await each.idle()
  await queue(pc, { kind: 'report.classify', payload: { class: 'keluhan', oversight: false } })
  const merges = await queue(other, { kind: 'report.prioritise', payload: { priority: 'urgent' } })
  const clashes = await queue(other, {
    kind: 'report.classify',
    payload: { class: 'aspirasi', oversight: false },
  })
  await pc.call('sync.now', {})
  await other.call('sync.now', {})
  expect([stateOf(other, merges), stateOf(other, clashes)]).toEqual(['applied', 'conflict'])
  expect(await onlyReport(other)).toMatchObject({ class: 'keluhan', priority: 'urgent' })
  const items = await other.call('sync.outbox', { open: true })
  expect(items.find((item) => item.id === clashes)).toMatchObject({
    state: 'conflict',
    conflict: [{ field: 'class', mine: 'aspirasi', hub: 'keluhan' }],
  })
  await other.call('sync.resolve', { mutationId: clashes, choice: 'mine' })
  expect(await other.call('sync.now', {})).toMatchObject({ needsPerson: 0, queued: 0 })
  await pc.call('sync.now', {})
  expect(await onlyReport(pc)).toMatchObject({ class: 'aspirasi', priority: 'urgent', pending: false })
})

test('a poisoned act is refused for itself alone', async () => {
  // Verifies SYNC-04
  const hub = await realHub()
  await hub.report()
  const pc = await enrolledCore(hub)
  await pc.idle()
  pc.link.fault = noLink
  const bad = await queue(pc, note('akan rusak'))
  const good = await queue(pc, note('baik'))
  deskOf(pc).db.run(`UPDATE outbox SET payload = '{"teks":1}' WHERE id = ?`, bad)
  pc.link.fault = null
  await pc.call('sync.now', {})
  expect([stateOf(pc, bad), stateOf(pc, good)]).toEqual(['rejected', 'applied'])
})

test('a cursor the hub does not know means a fresh mirror, with the work in progress kept', async () => {
  const hub = await realHub()
  await hub.report()
  const pc = await enrolledCore(hub)
  await pc.idle()
  const { id: reportId } = await onlyReport(pc)
  await pc
    .call('drafts.save', {
      draftId: null,
      reportId,
      kind: 'final',
      body: 'naskah',
      attachments: [],
      replyId: null,
    })
    .catch(
      // Until that call is there, the row itself.
      () =>
        deskOf(pc).db.run(
          `INSERT INTO drafts (id, report_id, kind, body, attachments, author_id, saved_at, report_number, report_subject)
         VALUES (?, ?, 'final', 'naskah', '[]', ?, 0, '', '')`,
          randomUUID(),
          reportId,
          PEOPLE.clerk.id,
        ),
    )
  deskOf(pc).db.run(`UPDATE meta SET value = '7.1.0' WHERE key = 'cursor'`)
  expect(await pc.call('sync.now', {})).toMatchObject({
    phase: 'idle',
    mirrorComplete: true,
    mirroredReportCount: 1,
  })
  expect(deskOf(pc).db.get('SELECT count(*) AS n FROM drafts')).toEqual({ n: 1 })
  const log = await pc.call('sync.log', { limit: 10 })
  expect(log.map((row) => row.result)).toContain('resync')
})

test('numbers for letters are asked for before they run out, once', async () => {
  // Verifies LETT-01
  const hub = await realHub()
  const pc = await enrolledCore(hub)
  await pc.idle()
  await pc.call('sync.now', {})
  await pc.call('sync.now', {})
  const leases = deskOf(pc).db.all(`SELECT id FROM m_rows WHERE kind = 'lease'`)
  expect(leases).toHaveLength(1)
  expect(deskOf(pc).db.get(`SELECT count(*) AS n FROM outbox WHERE kind = 'register.lease'`)).toEqual({
    n: 1,
  })
})

// Verifies LETT-01
test('a PC that has only just been set up has letter numbers before the link goes', async () => {
  const pc = await enrolledCore(await realHub())
  await pc.idle()
  expect(deskOf(pc).db.all(`SELECT id FROM m_rows WHERE kind = 'lease'`)).toHaveLength(1)
})

test('ten acts and their changes are one round trip', async () => {
  const hub = await realHub()
  await hub.report()
  const pc = await enrolledCore(hub)
  await pc.idle()
  pc.link.fault = noLink
  for (let i = 0; i < 10; i++) await queue(pc, note(`catatan ${i}`))
  pc.link.fault = null
  pc.link.requests.length = 0
  await pc.call('sync.now', {})
  expect(pc.link.requests.filter((request) => request.url.endsWith('/exchange'))).toHaveLength(1)
})
