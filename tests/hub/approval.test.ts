import { afterAll, beforeAll, expect, test } from 'vitest'
import { MiniDesk, newId, VERIFY } from './mini-desk.ts'
import { PEOPLE } from './small-regency.ts'
import { startHub, type TestHub } from './start-hub.ts'

let t: TestHub
let desk: MiniDesk
const { clerk, supervisor, second, admin } = PEOPLE
beforeAll(async () => {
  t = await startHub()
  desk = await MiniDesk.at(t, 'PUPR', clerk.id, supervisor.id, second.id, admin.id)
})
afterAll(() => t.stop())

async function verified(fields: Record<string, string> = {}): Promise<{ id: string; number: string }> {
  const number = await t.report(fields)
  await desk.sync()
  const { id } = desk.report(number)
  await desk.act('report.verify', clerk.id, id, VERIFY)
  return { id, number }
}

const updates = async (number: string) =>
  (await (
    await fetch(`${t.url}/open311/v2/servicerequestupdates.json?service_request_id=${number}`)
  ).json()) as {
    update_id: string
    status: string
    description: string
  }[]

async function submitted(id: string, by: string = clerk.id, kind: 'final' | 'acknowledgement' = 'final') {
  const answer = desk.answer(id, 'Jalan akan ditambal minggu ini.', kind)
  expect(await desk.act('reply.submit', by, id, answer)).toMatchObject({ outcome: 'applied', version: 1 })
  const { replyId, hash, reportVersion } = answer
  return { replyId, hash, reportVersion }
}

// Verifies APPR-01
test('an answer is public only after a supervisor approved it', async () => {
  const { id, number } = await verified()
  const approval = await submitted(id)
  expect(await updates(number)).toEqual([])
  expect(await desk.act('reply.approve', supervisor.id, id, approval)).toMatchObject({
    outcome: 'applied',
    version: 2,
  })
  expect(desk.reply(approval.replyId)).toMatchObject({
    state: 'published',
    approverId: supervisor.id,
    authorId: clerk.id,
  })
  expect(desk.state(id)).toMatchObject({ state: 'resolved' })
  expect(desk.state(id).responseMetAt).toBe(t.clock.now())
  expect(desk.state(id).settlementMetAt).toBe(t.clock.now())
  expect(await updates(number)).toMatchObject([
    { status: 'fixed', description: 'Jalan akan ditambal minggu ini.' },
  ])
})

test('an acknowledgement meets only the response clock', async () => {
  const { id, number } = await verified()
  const approval = await submitted(id, clerk.id, 'acknowledgement')
  await desk.act('reply.approve', supervisor.id, id, approval)
  expect(desk.state(id)).toMatchObject({ state: 'acknowledged', settlementMetAt: null })
  expect(await updates(number)).toMatchObject([{ status: 'in_progress' }])
})

// Verifies APPR-02
test('nobody approves or returns their own answer, and only supervisors do', async () => {
  const { id, number } = await verified()
  const approval = await submitted(id, supervisor.id)
  const { replyId, hash } = approval
  expect(await desk.act('reply.approve', supervisor.id, id, approval)).toMatchObject({
    outcome: 'rejected',
    reason: 'four_eyes',
  })
  expect(await desk.act('reply.return', supervisor.id, id, { replyId, hash, reason: 'x' })).toMatchObject({
    reason: 'four_eyes',
  })
  expect(await desk.act('reply.approve', clerk.id, id, approval)).toMatchObject({ reason: 'wrong_role' })
  expect(await desk.act('reply.approve', admin.id, id, approval)).toMatchObject({ reason: 'wrong_role' })
  expect(await updates(number)).toEqual([])
  expect(await desk.act('reply.approve', second.id, id, approval)).toMatchObject({ outcome: 'applied' })
})

// Verifies APPR-02
test('an approval names exactly the submitted hash and version', async () => {
  const { id, number } = await verified()
  const approval = await submitted(id)
  const wrong = { ...approval, hash: '0'.repeat(64) }
  expect(await desk.act('reply.approve', supervisor.id, id, wrong)).toMatchObject({ reason: 'stale_content' })
  const older = { ...approval, reportVersion: approval.reportVersion + 1 }
  expect(await desk.act('reply.approve', supervisor.id, id, older)).toMatchObject({ reason: 'stale_content' })
  expect(await updates(number)).toEqual([])
})

test('the hub computes the hash itself', async () => {
  const { id } = await verified()
  const answer = { ...desk.answer(id, 'asli'), body: 'diganti di jalan' }
  expect(await desk.act('reply.submit', clerk.id, id, answer)).toMatchObject({
    outcome: 'rejected',
    reason: 'hash_mismatch',
  })
})

// Verifies APPR-02
test("a citizen's message voids a waiting answer visibly", async () => {
  const { id, number } = await verified()
  const approval = await submitted(id)
  const form = new URLSearchParams({
    api_key: 'latihan',
    service_request_id: number,
    update_id: 'm1',
    description: 'Sekarang ada dua lubang',
  })
  expect(
    (await fetch(`${t.url}/open311/v2/servicerequestupdates.json`, { method: 'POST', body: form })).status,
  ).toBe(201)
  expect(await desk.act('reply.approve', supervisor.id, id, approval)).toMatchObject({
    outcome: 'conflict',
    reason: 'wrong_state',
    fields: { state: 'voided' },
  })
  expect(desk.reply(approval.replyId).state).toBe('voided')
  expect(desk.lines(id).some((e) => e.action === 'reply_voided')).toBe(true)
  expect(await updates(number)).toEqual([])
  const again = desk.answer(id, 'Dua lubang ditambal.', 'final', approval.replyId)
  expect(await desk.act('reply.submit', clerk.id, id, again)).toMatchObject({ outcome: 'applied' })
  expect(desk.reply(approval.replyId)).toMatchObject({ state: 'submitted', revision: 2 })
})

// Verifies APPR-02
test('a change of privacy flags voids a waiting answer, and an answer written before it is stale', async () => {
  const { id } = await verified()
  const approval = await submitted(id)
  const written = desk.answer(id, 'ditulis sebelum tanda berubah')
  await desk.act('report.set_flags', clerk.id, id, { confidential: true })
  expect(desk.reply(approval.replyId).state).toBe('voided')
  expect(await desk.act('reply.submit', clerk.id, id, written)).toMatchObject({
    outcome: 'conflict',
    reason: 'stale_content',
    fields: { confidential: true },
  })
})

test('an answer to an older version of the report is stale', async () => {
  const { id, number } = await verified()
  const written = desk.answer(id, 'ditulis sebelum pesan baru')
  const form = new URLSearchParams({
    api_key: 'latihan',
    service_request_id: number,
    update_id: 'm2',
    description: 'tambahan',
  })
  await fetch(`${t.url}/open311/v2/servicerequestupdates.xml`, { method: 'POST', body: form })
  expect(await desk.act('reply.submit', clerk.id, id, written)).toMatchObject({
    outcome: 'conflict',
    reason: 'stale_content',
    fields: { reportVersion: 2 },
  })
})

test('a return goes back with its reason, a withdrawal only by the author', async () => {
  const { id } = await verified()
  const { replyId, hash } = await submitted(id)
  expect(await desk.act('reply.withdraw', supervisor.id, id, { replyId })).toMatchObject({
    reason: 'wrong_role',
  })
  expect(await desk.act('reply.return', supervisor.id, id, { replyId, hash, reason: ' ' })).toMatchObject({
    reason: 'reason_required',
  })
  expect(
    await desk.act('reply.return', supervisor.id, id, { replyId, hash, reason: 'sebut tanggal' }),
  ).toMatchObject({ outcome: 'applied' })
  expect(desk.reply(replyId)).toMatchObject({
    state: 'returned',
    returnReason: 'sebut tanggal',
    approverId: supervisor.id,
  })
  const again = desk.answer(id, 'Ditambal 5 Maret.', 'final', replyId)
  expect(await desk.act('reply.submit', clerk.id, id, again)).toMatchObject({
    outcome: 'applied',
    version: 3,
  })
  expect(await desk.act('reply.withdraw', clerk.id, id, { replyId })).toMatchObject({
    outcome: 'applied',
    version: 4,
  })
  expect(await desk.act('reply.withdraw', clerk.id, id, { replyId: newId() })).toMatchObject({
    reason: 'unknown_reply',
  })
})

// Verifies APPR-01
test('submission and approval queued offline on one PC publish once, in order', async () => {
  const { id, number } = await verified()
  const answer = desk.answer(id, 'Dikirim setelah listrik menyala.')
  const { replyId, hash, reportVersion } = answer
  const queue = [
    desk.make('reply.submit', clerk.id, id, answer, 0),
    desk.make('reply.approve', supervisor.id, id, { replyId, hash, reportVersion }, 0),
  ]
  expect((await desk.sync(queue)).map((r) => r.outcome)).toEqual(['applied', 'applied'])
  expect((await desk.sync(queue)).map((r) => r.outcome)).toEqual(['duplicate', 'duplicate'])
  expect(await updates(number)).toHaveLength(1)
})

test('one answer to a lead reaches every member as its own update', async () => {
  const lead = await verified()
  const members = [await verified(), await verified()]
  for (const m of members) await desk.act('report.group', clerk.id, m.id, { leadId: lead.id })
  expect(desk.state(members[0]!.id)).toMatchObject({ state: 'duplicate', groupLeadId: lead.id })
  await desk.act('reply.approve', supervisor.id, lead.id, await submitted(lead.id))
  for (const m of [lead, ...members])
    expect(await updates(m.number)).toMatchObject([{ description: 'Jalan akan ditambal minggu ini.' }])
  expect(desk.state(members[1]!.id)).toMatchObject({ state: 'duplicate', settlementMetAt: t.clock.now() })
  expect(await desk.act('report.ungroup', clerk.id, members[0]!.id, {})).toMatchObject({ outcome: 'applied' })
  expect(desk.state(members[0]!.id)).toMatchObject({ state: 'verified', groupLeadId: null })
  expect(await desk.act('report.group', clerk.id, lead.id, { leadId: members[1]!.id })).toMatchObject({
    reason: 'bad_lead',
  })
})
