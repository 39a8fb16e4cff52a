import { afterEach, expect, test } from 'vitest'
import { PEOPLE } from '../small-regency.ts'
import { MiniDesk, VERIFY } from '../mini-desk.ts'
import { startHub, type TestHub } from '../start-hub.ts'

const DAY = 86_400_000
let hub: TestHub | null = null
afterEach(async () => {
  await hub?.stop()
  hub = null
})

/** A hub with one report that was answered finally, its office's desk, and the report's id. */
async function resolved() {
  hub = await startHub()
  const number = await hub.report()
  const desk = await MiniDesk.at(hub, 'PUPR', PEOPLE.clerk.id, PEOPLE.supervisor.id)
  await desk.sync()
  const { id } = desk.report(number)
  await desk.act('report.verify', PEOPLE.clerk.id, id, VERIFY)
  const answer = desk.answer(id, 'Lubang sudah ditutup.')
  await desk.act('reply.submit', PEOPLE.clerk.id, id, answer)
  const { replyId, hash, reportVersion } = answer
  await desk.act('reply.approve', PEOPLE.supervisor.id, id, { replyId, hash, reportVersion })
  expect(desk.state(id).state).toBe('resolved')
  return { test: hub, desk, id }
}

test('a resolved report closes after its silent working days, once', async () => {
  const { test: at, desk, id } = await resolved()
  at.clock.advance(13 * DAY)
  await at.hub.tidy()
  await desk.sync()
  expect(desk.state(id).state).toBe('resolved')
  at.clock.advance(2 * DAY)
  await at.hub.tidy()
  await at.hub.tidy()
  await desk.sync()
  expect(desk.state(id).state).toBe('closed')
  expect(desk.lines(id).filter((line) => line.action === 'close')).toHaveLength(1)
})

test('the operator reopens the report of any office; a clerk of another office cannot', async () => {
  const { test: at, desk, id } = await resolved()
  const version = desk.version('report_state', id)
  const reason = { reason: 'Pelapor menelepon: lubang terbuka lagi.' }
  const other = await MiniDesk.at(at, 'DLH', PEOPLE.dlhClerk.id)
  const [refused] = await other.sync([other.make('report.reopen', PEOPLE.dlhClerk.id, id, reason, version)])
  expect(refused).toMatchObject({ outcome: 'rejected', reason: 'unknown_report' })
  const operator = await MiniDesk.at(at, 'KOMINFO', PEOPLE.operator.id)
  const [done] = await operator.sync([
    operator.make('report.reopen', PEOPLE.operator.id, id, reason, version),
  ])
  expect(done?.outcome).toBe('applied')
  await desk.sync()
  expect(desk.state(id)).toMatchObject({ state: 'reopened', reopenCount: 1, responseMetAt: null })
})
