import { ReportStateName, type Report, type ReportState } from '@shared/domain/report.ts'
import type { Reply } from '@shared/domain/reply.ts'
import type { Change } from '@shared/sync/feed.ts'
import { DIR } from './practice-files.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clocksOf } from '@shared/domain/deadlines.ts'
import { composeBootstrap } from '../../../electron/hub/practice/compose-bootstrap.ts'
import { loadPractice, readReports, type LoadSummary } from '../../../electron/hub/practice/load-practice.ts'
import { startHub, testClock, type TestHub } from '../start-hub.ts'

const NOW = Date.UTC(2026, 10, 24, 2, 0, 0)

let hub: TestHub
let summary: LoadSummary
let cpuMs: number
const feeds = new Map<string, Change[]>()

const load = () =>
  loadPractice({ hubUrl: hub.url, adminToken: hub.adminToken, dir: DIR, now: hub.clock.now(), fetch })
const bodies = <T>(kind: string): T[] =>
  [...feeds.values()].flat().flatMap((c) => (c.kind === kind && c.body ? [c.body as T] : []))
const count = (names: string[]) =>
  Object.fromEntries([...new Set(names)].sort().map((n) => [n, names.filter((x) => x === n).length]))

beforeAll(async () => {
  hub = await startHub({ empty: true, clock: testClock(NOW) })
  const started = process.cpuUsage()
  summary = await load()
  const { user, system } = process.cpuUsage(started)
  cpuMs = (user + system) / 1000
  const { bootstrap } = await composeBootstrap(DIR)
  for (const { id } of bootstrap.agencies) {
    const device = await hub.enrol(id)
    feeds.set(id, (await device.exchange([], null, 5000)).changes as Change[])
  }
}, 120_000)
afterAll(() => hub.stop())

test('nothing in the practice stories is refused by the hub', async () => {
  expect(summary.refused).toEqual([])
  expect(summary.reports).toBe((await readReports(DIR)).length)
  // Loader and hub together; the wall clock of a busy machine would say nothing. Measured: 4 s.
  expect(cpuMs).toBeLessThan(20_000)
})

test('every state of the workflow table is on some desk', () => {
  const found = new Set(bodies<ReportState>('report_state').map((s) => s.state))
  expect(ReportStateName.options.filter((s) => !found.has(s))).toEqual([])
})

test('every state of a reply that a hub can hold is on some desk', () => {
  const counts = count(bodies<Reply>('reply').map((r) => r.state))
  // `draft` lives on a desk only; the hub publishes in the approving transaction, so `approved` never rests.
  for (const state of ['submitted', 'returned', 'published', 'withdrawn', 'voided'])
    expect(counts[state] ?? 0, state).toBeGreaterThan(0)
  expect(counts['submitted']).toBeGreaterThanOrEqual(6)
  expect(counts['returned']).toBeGreaterThanOrEqual(3)
})

test('two groups, each with one lead and followers', () => {
  const leads = bodies<ReportState>('report_state').flatMap((s) => s.groupLeadId ?? [])
  expect(new Set(leads).size).toBeGreaterThanOrEqual(2)
})

test('the story is dated as it happened, and nothing lies in the future', () => {
  const at = bodies<{ at: number }>('entry').map((e) => e.at)
  expect(Math.max(...at)).toBeLessThanOrEqual(NOW)
  expect(Math.min(...at)).toBeLessThan(NOW - 50 * 86_400_000)
  const states = new Map(bodies<ReportState>('report_state').map((s) => [s.id, s]))
  for (const reply of bodies<Reply>('reply'))
    expect(reply.submittedAt).toBeGreaterThan(states.get(reply.reportId)!.clockStartedAt - 86_400_000 * 30)
})

test('the inbox looks alive: some due today, some late, some far off', async () => {
  const { bootstrap } = await composeBootstrap(DIR)
  const clocks = bodies<ReportState>('report_state').map((s) => clocksOf(s, bootstrap.settings['PUPR']!, NOW))
  const verify = count(clocks.map((c) => c.verify.status))
  const response = count(clocks.map((c) => c.response.status))
  const settlement = count(clocks.map((c) => c.settlement.status))
  for (const status of ['due_today', 'late', 'running'])
    expect(
      (verify[status] ?? 0) + (response[status] ?? 0) + (settlement[status] ?? 0),
      status,
    ).toBeGreaterThan(2)
  expect(settlement['paused']).toBeGreaterThan(5)
})

test('the citizens’ words arrive as they were typed', async () => {
  const words = new Set(bodies<Report>('report').map((r) => r.body))
  for (const report of await readReports(DIR)) expect(words, report.ref).toContain(report.body)
})

test('an anonymous reporter is not in any feed', () => {
  const states = new Map(bodies<ReportState>('report_state').map((s) => [s.id, s]))
  for (const report of bodies<Report>('report'))
    if (states.get(report.id)!.anonymous) expect(report.reporter).toBeNull()
})

test('a second load finds everything done and changes nothing', async () => {
  const device = await hub.enrol('PUPR')
  const before = await device.exchange([], null, 5000)
  const again = await load()
  expect(again.refused).toEqual([])
  expect(again.acts).toBe(0)
  expect(again.alreadyDone).toBe(summary.acts)
  const after = await device.exchange([], before.cursor, 5000)
  expect(after.changes).toEqual([])
}, 60_000)

test('a load that was cut off is finished by the next one', async () => {
  const other = await startHub({ empty: true, clock: testClock(NOW) })
  try {
    let left = 230
    const cut: typeof fetch = (input, init) =>
      left-- > 0 ? fetch(input, init) : Promise.reject(new TypeError('connection lost'))
    const options = { hubUrl: other.url, adminToken: other.adminToken, dir: DIR, now: NOW }
    await expect(loadPractice({ ...options, fetch: cut })).rejects.toThrow('connection lost')
    const rest = await loadPractice({ ...options, now: NOW + 60_000, fetch })
    expect(rest.refused).toEqual([])
    expect(rest.alreadyDone).toBeGreaterThan(0)
    expect(rest.acts + rest.alreadyDone).toBe(summary.acts)
  } finally {
    await other.stop()
  }
}, 120_000)
