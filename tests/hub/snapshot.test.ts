import { scopeDigest } from '@shared/sync/digest.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MiniDesk, VERIFY } from './mini-desk.ts'
import { PEOPLE } from './small-regency.ts'
import { startHub, type TestHub } from './start-hub.ts'

let t: TestHub
const { clerk, supervisor, operator } = PEOPLE
beforeAll(async () => {
  t = await startHub()
})
afterAll(() => t.stop())

const urgent = async (agencyId = 'PUPR') => {
  const desk = await MiniDesk.at(t, agencyId)
  desk.want = { order: 'urgent', digest: true }
  return desk
}
const contents = (desk: MiniDesk) => Object.fromEntries([...desk.rows].sort(([a], [b]) => (a < b ? -1 : 1)))
const digestOf = (desk: MiniDesk) =>
  scopeDigest(
    [...desk.rows]
      .map(([key, { version }]) => ({ kind: key.split('/')[0]!, id: key.split('/')[1]!, version }))
      .filter(({ kind }) => kind === 'report' || kind === 'report_state'),
  )

test('the office comes first, then open reports by urgency, each whole, then closed ones newest first', async () => {
  const writer = await MiniDesk.at(t, 'PUPR', clerk.id, supervisor.id)
  const numbers: string[] = []
  for (let n = 0; n < 6; n++) {
    t.clock.advance(60_000)
    numbers.push(await t.report())
  }
  await writer.sync()
  const ids = numbers.map((number) => writer.report(number).id)
  await writer.act('report.prioritise', clerk.id, ids[4]!, { priority: 'urgent' })
  for (const n of [0, 2]) {
    t.clock.advance(60_000)
    await writer.act('report.propose_archive', clerk.id, ids[n]!, { reason: 'uji' })
    await writer.act('report.approve_proposal', supervisor.id, ids[n]!, {})
  }
  await writer.act('report.note', clerk.id, ids[3]!, { text: 'catatan' })
  const desk = await MiniDesk.at(t, 'PUPR')
  const answer = await desk.device.exchange([], null, 1000, { order: 'urgent' })
  expect(answer.more).toBe(false)
  const kinds = answer.changes.map(({ kind }) => kind)
  const office = ['agency', 'service', 'person', 'settings']
  expect(kinds.slice(0, kinds.indexOf('report')).every((kind) => office.includes(kind))).toBe(true)
  const states = answer.changes.filter(({ kind }) => kind === 'report_state').map(({ id }) => id)
  expect(states).toEqual([4, 1, 3, 5, 2, 0].map((n) => ids[n]))
  // Whole reports: rows of one are never apart.
  const owners = answer.changes
    .filter(({ kind }) => ['report', 'report_state', 'entry'].includes(kind))
    .map((change) => (change.kind === 'entry' ? (change.body as { reportId: string }).reportId : change.id))
  const runs = owners.filter((id, i) => id !== owners[i - 1])
  expect(runs).toHaveLength(new Set(owners).size)
})

// Verifies SYNC-03
test('urgent-first replicas that pull tiny pages while others write equal a plain snapshot', async () => {
  const writers = await Promise.all([1, 2, 3].map(() => MiniDesk.at(t, 'PUPR', clerk.id, supervisor.id)))
  const kominfo = await MiniDesk.at(t, 'KOMINFO', operator.id)
  let writing = true
  const readers: MiniDesk[] = []
  const reading = [1, 2, 4, 9].map(async (page) => {
    while (writing) {
      const desk = await urgent()
      readers.push(desk)
      await desk.sync([], page)
    }
  })
  await Promise.all(
    writers.map(async (w, i) => {
      for (let n = 0; n < 5; n++) {
        const number = await t.report()
        await w.sync([], 50)
        const { id } = w.report(number)
        await w.sync([w.make('report.verify', clerk.id, id, VERIFY)])
        await w.act('report.note', clerk.id, id, { text: `catatan ${i}.${n}` })
        const priority = (['urgent', 'high', 'low'] as const)[n % 3]!
        await w.act('report.prioritise', clerk.id, id, { priority })
        if (n % 2 === 0) continue
        await w.act('report.propose_referral', clerk.id, id, { agencyId: null, reason: 'bukan kami' })
        await w.act('report.approve_proposal', supervisor.id, id, {})
        if (i !== 0) continue
        await kominfo.sync()
        await kominfo.act('report.route', operator.id, id, { agencyId: 'PUPR' })
      }
    }),
  )
  writing = false
  await Promise.all(reading)
  const fresh = await MiniDesk.at(t, 'PUPR')
  await fresh.sync()
  expect(readers.length).toBeGreaterThanOrEqual(4)
  for (const desk of readers) {
    await desk.sync([], 3)
    expect(contents(desk)).toEqual(contents(fresh))
    expect(desk.last.digest).toEqual(digestOf(desk))
    expect(desk.all('report')).toHaveLength(desk.last.reportCount)
  }
})

test('a snapshot goes on after a restart where it was, and a change to what it has not reached is not lost', async () => {
  const desk = await urgent()
  const first = await desk.device.exchange([], null, 3, { order: 'urgent' })
  const seen = new Set(first.changes.map(({ kind, id }) => `${kind}/${id}`))
  expect(first.more).toBe(true)
  await t.restart()
  const writer = await MiniDesk.at(t, 'PUPR', clerk.id)
  await writer.sync()
  for (const { id } of writer.all('report').slice(0, 3))
    await writer.act('report.note', clerk.id, id, { text: 'sesudah' })
  desk.cursor = first.cursor
  const again = await desk.device.exchange([], first.cursor, 3)
  expect(again.changes.filter(({ kind, id }) => seen.has(`${kind}/${id}`))).toEqual([])
  await desk.sync([], 5)
  for (const key of writer.rows.keys()) if (!seen.has(key)) expect([...desk.rows.keys()]).toContain(key)
  expect((await desk.device.exchange([], desk.cursor, 0)).more).toBe(false)
})

test('a snapshot cursor of another epoch asks for a resync, nonsense too, and zero changes lose no place', async () => {
  const desk = await urgent()
  const none = await desk.device.exchange([], null, 0, { order: 'urgent' })
  expect([none.changes, none.more]).toEqual([[], true])
  const next = await desk.device.exchange([], none.cursor, 0)
  expect(next.cursor).toBe(none.cursor)
  expect(await desk.device.exchange([], none.cursor.replace(/^\d+/, '9'))).toMatchObject({
    resync: 'other_epoch',
  })
  expect(await desk.device.exchange([], '1.2.3.s9.x')).toMatchObject({ resync: 'cursor_unknown' })
  for (const key of ['s1.', 's1.x/y', 's1./', 's0.%27', 's2.letter', 's3.zzz'])
    expect((await desk.device.exchange([], none.cursor.replace(/s0\..*$/, key))).resync).toBeNull()
})

test('the digest belongs to the end of the feed and is given only when asked for', async () => {
  const desk = await MiniDesk.at(t, 'PUPR')
  expect((await desk.device.exchange([], null, 1000)).digest).toBeNull()
  const page = await desk.device.exchange([], null, 2, { digest: true })
  expect([page.more, page.digest]).toEqual([true, null])
  await desk.sync()
  const end = await desk.device.exchange([], desk.cursor, 10, { digest: true })
  expect(end.digest).toEqual(digestOf(desk))
  expect(end.minProtocol).toBeGreaterThanOrEqual(1)
})
