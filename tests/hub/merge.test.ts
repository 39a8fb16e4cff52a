import { afterAll, beforeAll, expect, test } from 'vitest'
import { MiniDesk, VERIFY } from './mini-desk.ts'
import { PEOPLE } from './small-regency.ts'
import { startHub, type TestHub } from './start-hub.ts'

let t: TestHub
let one: MiniDesk
let two: MiniDesk
const { clerk, supervisor, second } = PEOPLE
beforeAll(async () => {
  t = await startHub()
  one = await MiniDesk.at(t, 'PUPR', clerk.id, supervisor.id)
  two = await MiniDesk.at(t, 'PUPR', supervisor.id, second.id)
})
afterAll(() => t.stop())

async function verified(): Promise<string> {
  const number = await t.report()
  await one.sync()
  const { id } = one.report(number)
  await one.act('report.verify', clerk.id, id, VERIFY)
  await two.sync()
  return id
}

// Verifies SYNC-07
test('parallel changes of different fields merge', async () => {
  const id = await verified()
  expect(await one.act('report.prioritise', clerk.id, id, { priority: 'urgent' })).toMatchObject({
    outcome: 'applied',
  })
  const stale = two.make('report.classify', supervisor.id, id, { class: 'aspirasi', oversight: false })
  expect((await two.sync([stale]))[0]).toMatchObject({ outcome: 'applied' })
  expect(two.state(id)).toMatchObject({ priority: 'urgent', class: 'aspirasi' })
})

// Verifies SYNC-07
test('parallel changes of the same field: the second is told both values and nothing is overwritten', async () => {
  const id = await verified()
  await one.act('report.prioritise', clerk.id, id, { priority: 'urgent' })
  const stale = two.make('report.prioritise', supervisor.id, id, { priority: 'low' })
  expect((await two.sync([stale]))[0]).toMatchObject({
    outcome: 'conflict',
    reason: 'changed',
    fields: { priority: 'urgent' },
  })
  expect(two.state(id).priority).toBe('urgent')
  expect(await two.act('report.prioritise', supervisor.id, id, { priority: 'low' })).toMatchObject({
    outcome: 'applied',
  })
})

test('the same value from both is no conflict', async () => {
  const id = await verified()
  await one.act('report.prioritise', clerk.id, id, { priority: 'high' })
  const stale = two.make('report.prioritise', supervisor.id, id, { priority: 'high' })
  expect((await two.sync([stale]))[0]).toMatchObject({ outcome: 'applied' })
})

test("a desk's own queue never conflicts with itself", async () => {
  const number = await t.report()
  await one.sync()
  const { id } = one.report(number)
  const base = one.version('report_state', id)
  const queue = [
    one.make('report.verify', clerk.id, id, VERIFY, base),
    one.make('report.prioritise', clerk.id, id, { priority: 'high' }, base),
    one.make('report.prioritise', clerk.id, id, { priority: 'low' }, base),
    one.make('report.assign', clerk.id, id, { assigneeId: supervisor.id }, base),
    one.make('report.assign', clerk.id, id, { assigneeId: null }, base),
  ]
  expect((await one.sync(queue)).map((r) => r.outcome)).toEqual(Array(5).fill('applied'))
  expect(one.state(id)).toMatchObject({ state: 'verified', priority: 'low', assigneeId: null })
})

test('a state that someone else moved is a conflict, a state that never allowed it a rejection', async () => {
  const number = await t.report()
  await one.sync()
  await two.sync()
  const { id } = one.report(number)
  await one.act('report.ask_citizen', clerk.id, id, { question: 'Di mana letaknya?', reason: 'lokasi' })
  const stale = two.make('report.verify', supervisor.id, id, VERIFY)
  expect((await two.sync([stale]))[0]).toMatchObject({
    outcome: 'conflict',
    fields: { state: 'awaiting_citizen' },
  })
  const never = two.make('report.ungroup', supervisor.id, id, {})
  expect((await two.sync([never]))[0]).toMatchObject({ outcome: 'rejected', reason: 'wrong_state' })
})

test('two clerks who verify alike see no conflict, those who differ do', async () => {
  const number = await t.report()
  await one.sync()
  await two.sync()
  const { id } = one.report(number)
  const same = two.make('report.verify', supervisor.id, id, VERIFY)
  const other = two.make('report.verify', supervisor.id, id, { ...VERIFY, class: 'informasi' })
  await one.act('report.verify', clerk.id, id, VERIFY)
  const receipts = await two.sync([same, other])
  expect(receipts.map((r) => r.outcome)).toEqual(['applied', 'conflict'])
  expect(two.lines(id).filter((e) => e.action === 'verify')).toHaveLength(1)
})

test("roles and reasons are the hub's to judge", async () => {
  const id = await verified()
  expect(await one.act('report.clear_flags', clerk.id, id, { anonymous: false, reason: 'x' })).toMatchObject({
    reason: 'wrong_role',
  })
  expect(await one.act('report.propose_archive', clerk.id, id, { reason: '  ' })).toMatchObject({
    reason: 'reason_required',
  })
  expect(
    await one.act('report.schedule', clerk.id, id, { reviewOn: '2026-06-01', reason: 'anggaran' }),
  ).toMatchObject({ reason: 'wrong_role' })
  expect(await one.act('report.route', clerk.id, id, { agencyId: 'DLH' })).toMatchObject({
    outcome: 'rejected',
  })
})
