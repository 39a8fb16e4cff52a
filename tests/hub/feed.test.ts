import { afterAll, beforeAll, expect, test } from 'vitest'
import { HUB_CONTENT_TYPE } from '@shared/sync/exchange.ts'
import { MiniDesk, VERIFY } from './mini-desk.ts'
import { PEOPLE } from './small-regency.ts'
import { startHub, type TestHub } from './start-hub.ts'

let t: TestHub
const { clerk, supervisor, dlhClerk, operator } = PEOPLE
beforeAll(async () => {
  t = await startHub()
})
afterAll(() => t.stop())

const contents = (desk: MiniDesk) => Object.fromEntries([...desk.rows].sort(([a], [b]) => (a < b ? -1 : 1)))

test('an agency sees every office and service, and only its own people, settings and reports', async () => {
  const desk = await MiniDesk.at(t, 'DLH', dlhClerk.id)
  await t.report({ service_code: 'jalan' })
  await desk.sync()
  expect(
    desk
      .all('agency')
      .map((a) => a.id)
      .sort(),
  ).toEqual(['DLH', 'KOMINFO', 'PUPR'])
  expect(desk.all('service')).toHaveLength(4)
  expect(desk.all('person').map((p) => p.agencyId)).toEqual(['DLH', 'DLH'])
  expect(JSON.stringify(desk.all('person'))).not.toMatch(/password|argon2/)
  expect(desk.all('settings')).toHaveLength(1)
  expect(desk.all('report')).toHaveLength(0)
  expect(desk.last.reportCount).toBe(0)
})

// Verifies SYNC-03
test('replicas that pull small pages while others write equal a fresh snapshot', async () => {
  const writers = await Promise.all([1, 2, 3].map(() => MiniDesk.at(t, 'PUPR', clerk.id, supervisor.id)))
  const reader = await MiniDesk.at(t, 'PUPR')
  let writing = true
  const reading = (async () => {
    while (writing) await reader.sync([], 3)
  })()
  await Promise.all(
    writers.map(async (w, i) => {
      for (let n = 0; n < 6; n++) {
        const number = await t.report()
        await w.sync([], 7)
        const { id } = w.report(number)
        await w.sync([
          w.make('report.verify', clerk.id, id, VERIFY),
          w.make('report.note', clerk.id, id, { text: `catatan ${i}.${n}` }),
          w.make('report.prioritise', clerk.id, id, { priority: 'high' }),
        ])
        if (n % 3 !== 2) continue
        await w.sync([
          w.make('report.propose_referral', clerk.id, id, { agencyId: 'DLH', reason: 'bukan jalan' }),
          w.make('report.approve_proposal', supervisor.id, id, {}),
        ])
      }
    }),
  )
  writing = false
  await reading
  const fresh = await MiniDesk.at(t, 'PUPR')
  await fresh.sync()
  for (const desk of [reader, ...writers]) {
    await desk.sync([], 2)
    expect(contents(desk)).toEqual(contents(fresh))
    expect(desk.all('report')).toHaveLength(desk.last.reportCount)
  }
  expect(new Set([...fresh.rows.values()].map((r) => r.seq)).size).toBe(fresh.rows.size)
})

// Verifies SYNC-06
test('a referred report leaves a tombstone here and arrives there with what is public', async () => {
  const pupr = await MiniDesk.at(t, 'PUPR', clerk.id, supervisor.id)
  const dlh = await MiniDesk.at(t, 'DLH', dlhClerk.id)
  const number = await t.report({ 'attribute[anonymous]': 'true', first_name: 'Rahasia' })
  await pupr.sync()
  await dlh.sync()
  const { id } = pupr.report(number)
  const before = [pupr.last.reportCount, dlh.last.reportCount]
  await pupr.act('report.verify', clerk.id, id, VERIFY)
  await pupr.act('report.note', clerk.id, id, { text: 'catatan dalam PUPR' })
  const answer = pupr.answer(id, 'Kami teruskan.', 'acknowledgement')
  await pupr.act('reply.submit', clerk.id, id, answer)
  await pupr.act('reply.approve', supervisor.id, id, {
    replyId: answer.replyId,
    hash: answer.hash,
    reportVersion: answer.reportVersion,
  })
  const waiting = pupr.answer(id, 'Masih menunggu.')
  await pupr.act('reply.submit', clerk.id, id, waiting)
  await pupr.act('report.propose_referral', clerk.id, id, { agencyId: 'DLH', reason: 'sampah, bukan jalan' })
  expect(pupr.state(id)).toMatchObject({
    state: 'referral_proposed',
    proposal: { agencyId: 'DLH', from: 'acknowledged' },
  })
  expect(await pupr.act('report.approve_proposal', supervisor.id, id, {})).toMatchObject({
    outcome: 'applied',
  })
  expect(pupr.removed.at(-1)).toBe(id)
  expect([...pupr.rows.keys()].filter((key) => key.includes(id))).toEqual([])
  await dlh.sync()
  expect([pupr.last.reportCount, dlh.last.reportCount]).toEqual([before[0]! - 1, before[1]! + 1])
  expect(dlh.report(number)).toMatchObject({ agencyId: 'DLH', reporter: null })
  expect(dlh.state(id)).toMatchObject({
    state: 'received',
    proposal: null,
    assigneeId: null,
    verifiedAt: null,
  })
  expect(
    dlh
      .lines(id)
      .map((e) => e.action)
      .sort(),
  ).toEqual(['moved_in', 'published'])
  expect(dlh.all('reply').map((r) => r.state)).toEqual(['published'])
  expect(await pupr.act('report.note', clerk.id, id, { text: 'x' }, 1)).toMatchObject({
    outcome: 'rejected',
    reason: 'reassigned',
  })
  const late = await MiniDesk.at(t, 'PUPR')
  await late.sync()
  expect(JSON.stringify(late.all('entry'))).not.toContain('catatan dalam PUPR')
  const request = (await (await fetch(`${t.url}/open311/v2/requests/${number}.json`)).json()) as {
    agency_responsible: string
  }[]
  expect(request[0]!.agency_responsible).toBe('Dinas Lingkungan')
})

test("a report that comes back brings its own office's lines again", async () => {
  const pupr = await MiniDesk.at(t, 'PUPR', clerk.id, supervisor.id)
  const kominfo = await MiniDesk.at(t, 'KOMINFO', operator.id)
  const number = await t.report()
  await pupr.sync()
  const { id } = pupr.report(number)
  await pupr.act('report.note', clerk.id, id, { text: 'catatan pertama' })
  await pupr.act('report.propose_referral', clerk.id, id, { agencyId: null, reason: 'tidak ada yang punya' })
  await pupr.act('report.approve_proposal', supervisor.id, id, {})
  await kominfo.sync()
  expect(kominfo.lines(id).map((e) => e.text)).not.toContain('catatan pertama')
  expect(await kominfo.act('report.route', operator.id, id, { agencyId: 'PUPR' })).toMatchObject({
    outcome: 'applied',
  })
  await pupr.sync()
  expect(pupr.report(number).agencyId).toBe('PUPR')
  expect(pupr.lines(id).map((e) => e.text)).toContain('catatan pertama')
  expect(kominfo.removed).toContain(id)
})

test('a service that nobody owns goes to the operator, who routes it', async () => {
  const kominfo = await MiniDesk.at(t, 'KOMINFO', operator.id)
  const number = await t.report({ service_code: 'lain' })
  expect(number).toMatch(/^KOMINFO-26-/)
  await kominfo.sync()
  const { id } = kominfo.report(number)
  expect(await kominfo.act('report.route', operator.id, id, { agencyId: 'TIDAKADA' })).toMatchObject({
    reason: 'unknown_agency',
  })
  expect(await kominfo.act('report.route', operator.id, id, { agencyId: 'DLH' })).toMatchObject({
    outcome: 'applied',
  })
  const dlh = await MiniDesk.at(t, 'DLH', dlhClerk.id)
  await dlh.sync()
  expect(dlh.report(number).number).toBe(number)
  expect(await kominfo.act('report.route', operator.id, id, { agencyId: 'PUPR' }, 1)).toMatchObject({
    reason: 'reassigned',
  })
})

test('a lead that moves away frees its members', async () => {
  const pupr = await MiniDesk.at(t, 'PUPR', clerk.id, supervisor.id)
  const [lead, member] = [await t.report(), await t.report()]
  await pupr.sync()
  const [leadId, memberId] = [pupr.report(lead).id, pupr.report(member).id]
  await pupr.act('report.group', clerk.id, memberId, { leadId })
  await pupr.act('report.propose_referral', clerk.id, leadId, { agencyId: 'DLH', reason: 'sampah' })
  await pupr.act('report.approve_proposal', supervisor.id, leadId, {})
  expect(pupr.state(memberId)).toMatchObject({ state: 'verified', groupLeadId: null })
})

test('a cursor of another epoch, from the future or of nobody asks for a resync', async () => {
  const desk = await MiniDesk.at(t, 'PUPR')
  for (const [cursor, resync] of [
    ['9.1.0', 'other_epoch'],
    ['1.999999.0', 'cursor_ahead'],
    ['apa', 'cursor_unknown'],
  ]) {
    const answer = await desk.device.exchange([], cursor)
    expect(answer).toMatchObject({ resync, changes: [], more: false, baseCursor: cursor })
  }
})

test('a page of zero changes still receipts and does not lose its place', async () => {
  const desk = await MiniDesk.at(t, 'PUPR')
  const answer = await desk.device.exchange([], null, 0)
  expect(answer).toMatchObject({ changes: [], more: true })
  await desk.sync()
  expect((await desk.device.exchange([], desk.cursor, 0)).more).toBe(false)
})

test('a waiting desk is woken by a change, and at once when it is behind', async () => {
  const desk = await MiniDesk.at(t, 'PUPR')
  await desk.sync()
  const wake = async (cursor: string) =>
    (await (await desk.device.call(`wake?cursor=${cursor}`)).json()) as { changed: boolean }
  const waiting = wake(desk.cursor!)
  await new Promise((resolve) => setTimeout(resolve, 50))
  await t.report()
  expect(await waiting).toEqual({ changed: true })
  expect(await wake(desk.cursor!)).toEqual({ changed: true })
})

test('a held answer begins at once and still names the change that ends it; a hold that is no number is none', async () => {
  const desk = await MiniDesk.at(t, 'PUPR')
  await desk.sync()
  const held = await desk.device.call(`wake?cursor=${desk.cursor!}&hold=60`)
  expect(held.headers.get('content-type')).toBe(HUB_CONTENT_TYPE)
  await t.report()
  const text = await held.text()
  expect(text).toMatch(/^ /)
  expect(JSON.parse(text)).toEqual({ changed: true })
  await desk.sync()
  const over = await desk.device.call(`wake?cursor=${desk.cursor!}&hold=0`)
  expect(await over.json()).toEqual({ changed: false })
  const odd = desk.device.call(`wake?cursor=${desk.cursor!}&hold=-5`)
  await t.report()
  expect(await (await odd).json()).toEqual({ changed: true })
})

test('a PC waits once: asking again answers its earlier question', async () => {
  const desk = await MiniDesk.at(t, 'PUPR')
  await desk.sync()
  const wake = async () =>
    (await (await desk.device.call(`wake?cursor=${desk.cursor!}`)).json()) as { changed: boolean }
  const waits = Array.from({ length: 8 }, wake)
  const first = await Promise.race(waits.map(async (one, n) => ({ n, ...(await one) })))
  expect(first).toMatchObject({ changed: false })
  await t.report()
  const answers = await Promise.all(waits)
  expect(answers.filter(({ changed }) => changed)).toHaveLength(1)
})
