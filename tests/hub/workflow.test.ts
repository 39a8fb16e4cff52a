import { afterAll, beforeAll, expect, test } from 'vitest'
import { MiniDesk, newId, VERIFY } from './mini-desk.ts'
import { PEOPLE } from './small-regency.ts'
import { startHub, type TestHub } from './start-hub.ts'

let t: TestHub
let desk: MiniDesk
const { clerk, supervisor, dlhClerk, operator } = PEOPLE
beforeAll(async () => {
  t = await startHub()
  desk = await MiniDesk.at(t, 'PUPR', clerk.id, supervisor.id)
})
afterAll(() => t.stop())

async function verified(): Promise<{ id: string; number: string }> {
  const number = await t.report()
  await desk.sync()
  const { id } = desk.report(number)
  await desk.act('report.verify', clerk.id, id, VERIFY)
  return { id, number }
}

test('verifying sets class, priority and time', async () => {
  const { id } = await verified()
  expect(desk.state(id)).toMatchObject({ state: 'verified', class: 'pengaduan', verifiedAt: t.clock.now() })
  expect(desk.lines(id).at(-1)).toMatchObject({
    action: 'verify',
    kind: 'system',
    actorName: 'Klara Petugas',
    data: VERIFY,
  })
})

test("asking the citizen pauses the clock and is public; the citizen's message runs it again", async () => {
  const { id, number } = await verified()
  await desk.act('report.ask_citizen', clerk.id, id, {
    question: 'Di depan rumah nomor berapa?',
    reason: 'lokasi kurang',
  })
  const asked = t.clock.now()
  expect(desk.state(id)).toMatchObject({
    state: 'awaiting_citizen',
    stateReason: 'lokasi kurang',
    pauses: [{ from: asked, to: null, reason: 'lokasi kurang' }],
  })
  const url = `${t.url}/open311/v2/servicerequestupdates.json`
  const [update] = (await (await fetch(`${url}?service_request_id=${number}`)).json()) as Record<
    string,
    string
  >[]
  expect(update).toMatchObject({
    status: 'investigating',
    external_status_code: 'TUNDA',
    description: 'Di depan rumah nomor berapa?',
  })
  t.clock.advance(3_600_000)
  await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({
      api_key: 'latihan',
      service_request_id: number,
      update_id: '7',
      description: 'Nomor 12',
    }),
  })
  await desk.sync()
  expect(desk.state(id)).toMatchObject({
    state: 'verified',
    stateReason: null,
    citizenRepliedAt: t.clock.now(),
    pauses: [{ from: asked, to: t.clock.now() }],
  })
  expect(desk.version('report', id)).toBe(2)
  expect(desk.lines(id).at(-1)).toMatchObject({
    kind: 'citizen',
    action: 'citizen_message',
    text: 'Nomor 12',
    actorName: null,
  })
})

test('resuming by hand closes the pause', async () => {
  const { id } = await verified()
  await desk.act('report.ask_citizen', clerk.id, id, { question: 'Kapan?', reason: 'waktu' })
  await desk.act('report.resume', clerk.id, id, { note: 'ditelepon' })
  expect(desk.state(id)).toMatchObject({ state: 'verified', pauses: [{ to: t.clock.now() }] })
})

test('a disposition gives the report to people or units of the office', async () => {
  const { id } = await verified()
  const given = {
    dispositionId: newId(),
    toIds: [supervisor.id],
    units: ['Bidang Bina Marga'],
    instructions: ['Periksa'],
    note: 'segera',
    dueOn: '2026-03-05',
    urgency: 'segera',
  } as const
  const make = (more: object) => ({
    ...given,
    toIds: [...given.toIds],
    units: [...given.units],
    instructions: [...given.instructions],
    ...more,
  })
  expect(await desk.act('report.dispose', clerk.id, id, make({ toIds: [dlhClerk.id] }))).toMatchObject({
    reason: 'unknown_person',
  })
  expect(await desk.act('report.dispose', clerk.id, id, make({ toIds: [], units: [] }))).toMatchObject({
    reason: 'bad_mutation',
  })
  expect(await desk.act('report.dispose', clerk.id, id, make({}))).toMatchObject({ outcome: 'applied' })
  expect(desk.state(id)).toMatchObject({
    state: 'disposed',
    assigneeId: supervisor.id,
    unit: 'Bidang Bina Marga',
  })
  expect(desk.all('disposition').find((d) => d.id === given.dispositionId)).toMatchObject({
    fromId: clerk.id,
    dueOn: '2026-03-05',
  })
  expect(await desk.act('report.dispose', clerk.id, id, make({}))).toMatchObject({ reason: 'id_reused' })
})

test('archive: a clerk proposes, a supervisor decides; rejected falls back to where it was', async () => {
  const { id } = await verified()
  await desk.act('report.propose_archive', clerk.id, id, { reason: 'bukan laporan' })
  expect(await desk.act('report.approve_proposal', clerk.id, id, {})).toMatchObject({ reason: 'wrong_role' })
  await desk.act('report.reject_proposal', supervisor.id, id, { reason: 'tetap ditangani' })
  expect(desk.state(id)).toMatchObject({ state: 'verified', proposal: null, stateReason: 'tetap ditangani' })
  await desk.act('report.propose_archive', clerk.id, id, { reason: 'ganda' })
  await desk.act('report.approve_proposal', supervisor.id, id, {})
  expect(desk.state(id)).toMatchObject({ state: 'archived', proposal: null, stateReason: 'ganda' })
})

test('the operator\'s own "nobody\'s" stays and is closed as not ours', async () => {
  const kominfo = await MiniDesk.at(t, 'KOMINFO', operator.id)
  const number = await t.report({ service_code: 'lain' })
  await kominfo.sync()
  const { id } = kominfo.report(number)
  await kominfo.act('report.propose_referral', operator.id, id, { agencyId: null, reason: 'urusan provinsi' })
  await kominfo.act('report.approve_proposal', operator.id, id, {})
  expect(kominfo.state(id).state).toBe('referred')
  const [request] = (await (await fetch(`${t.url}/open311/v2/requests/${number}.json`)).json()) as {
    status: string
  }[]
  expect(request!.status).toBe('closed')
})

test('a schedule pauses until work begins; an operator reopens with a new clock and keeps the old', async () => {
  const { id } = await verified()
  await desk.act('report.schedule', supervisor.id, id, {
    reviewOn: '2026-06-01',
    reason: 'menunggu anggaran',
  })
  expect(desk.state(id)).toMatchObject({ state: 'scheduled', reviewOn: '2026-06-01', pauses: [{ to: null }] })
  const answer = desk.answer(id, 'Selesai lebih cepat.')
  await desk.act('reply.submit', clerk.id, id, answer)
  const { replyId, hash, reportVersion } = answer
  await desk.act('reply.approve', supervisor.id, id, { replyId, hash, reportVersion })
  expect(desk.state(id)).toMatchObject({ state: 'resolved', pauses: [{ to: t.clock.now() }] })
  expect(await desk.act('report.reopen', supervisor.id, id, { reason: 'belum selesai' })).toMatchObject({
    reason: 'wrong_role',
  })
})
