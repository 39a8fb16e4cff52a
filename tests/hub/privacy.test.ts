import { afterAll, beforeAll, expect, test } from 'vitest'
import { MiniDesk, VERIFY } from './mini-desk.ts'
import { PEOPLE } from './small-regency.ts'
import { post, startHub, type TestHub } from './start-hub.ts'

let t: TestHub
let desk: MiniDesk
const { clerk, supervisor, second } = PEOPLE
const CANARY = {
  first_name: 'Kenarianto',
  last_name: 'Kuningwati',
  phone: '081299998888',
  email: 'kenari@contoh.invalid',
}
const TRACE = /kenari|kuningwati|99998888/i
beforeAll(async () => {
  t = await startHub()
  desk = await MiniDesk.at(t, 'PUPR', clerk.id, supervisor.id, second.id)
})
afterAll(() => t.stop())

/** Everything the public can read about a report, in both formats. */
async function publicText(number: string): Promise<string> {
  const paths = [
    'requests',
    `requests/${number}`,
    'servicerequestupdates',
    'services',
    'services/jalan',
    'discovery',
  ]
  const queries = ['', `?service_request_id=${number}`, '?status=open,closed']
  const texts = paths.flatMap((path) =>
    ['json', 'xml'].flatMap((f) =>
      queries.map(async (q) => (await fetch(`${t.url}/open311/v2/${path}.${f}${q}`)).text()),
    ),
  )
  return (await Promise.all(texts)).join('\n')
}

async function published(
  fields: Record<string, string>,
): Promise<{ id: string; number: string; raw: string }> {
  const number = await t.report({ ...CANARY, ...fields })
  await desk.sync()
  const { id } = desk.report(number)
  await desk.act('report.verify', clerk.id, id, VERIFY)
  const answer = desk.answer(id, 'Jawaban yang dibaca pelapor.')
  const { replyId, hash, reportVersion } = answer
  await desk.act('reply.submit', clerk.id, id, answer)
  expect(await desk.act('reply.approve', supervisor.id, id, { replyId, hash, reportVersion })).toMatchObject({
    outcome: 'applied',
  })
  return { id, number, raw: JSON.stringify(await desk.device.exchange([], null)) }
}

// Verifies PRIV-01
test('an anonymous reporter appears in no public answer and in no exchange', async () => {
  const { number, raw } = await published({ 'attribute[anonymous]': 'true' })
  const text = await publicText(number)
  expect(text).toContain('Jawaban yang dibaca pelapor.')
  expect(text).not.toMatch(TRACE)
  expect(raw).not.toMatch(TRACE)
  expect(JSON.stringify(t.log)).not.toMatch(TRACE)
})

// Verifies PRIV-01
test('numbers and a name that an anonymous reporter typed into the text are masked in public', async () => {
  const { number } = await published({
    'attribute[anonymous]': 'true',
    description: 'Got mampet. Hubungi saya Kenarianto di 0812-0000-9911, NIK 9912341505880001.',
  })
  const text = await publicText(number)
  expect(text).toContain('Got mampet')
  expect(text).not.toMatch(/Kenarianto|0812-0000-9911|9912341505880001/)
})

test('a named reporter is known to the office, and still to nobody else', async () => {
  const { number, raw } = await published({})
  expect(raw).toMatch(TRACE)
  expect(await publicText(number)).not.toMatch(TRACE)
  const dlh = await MiniDesk.at(t, 'DLH')
  expect(JSON.stringify(await dlh.device.exchange([], null))).not.toMatch(TRACE)
})

// Verifies PRIV-01
test('a confidential report is not public; its answer is announced without its words', async () => {
  const { number } = await published({
    'attribute[confidential]': 'true',
    description: 'Isi yang dirahasiakan',
  })
  const text = await publicText(number)
  expect(text).not.toMatch(/Isi yang dirahasiakan/)
  expect((await fetch(`${t.url}/open311/v2/requests/${number}.xml`)).status).toBe(404)
  const updates = await (
    await fetch(`${t.url}/open311/v2/servicerequestupdates.json?service_request_id=${number}`)
  ).json()
  expect(updates).toMatchObject([
    { description: 'Jawaban atas laporan ini disampaikan langsung kepada pelapor.' },
  ])
})

// Verifies PRIV-02
test('an identity made anonymous is sealed, opens for a role and a reason, and is recorded without itself', async () => {
  const number = await t.report(CANARY)
  await desk.sync()
  const { id: reportId } = desk.report(number)
  expect(desk.report(number).reporter?.name).toBe('Kenarianto Kuningwati')
  await desk.act('report.set_flags', clerk.id, reportId, { anonymous: true })
  expect(desk.report(number).reporter).toBeNull()
  const ask = async (personId: string, reason: string) => {
    const { token: session } = await desk.device.session(personId)
    const answer = await post(
      `${t.url}/v1/identities`,
      { protocol: 1, personId, session, reportId, reason },
      desk.device.deviceToken,
    )
    return { status: answer.status, body: (await answer.json()) as unknown }
  }
  expect(await ask(clerk.id, 'ingin tahu siapa orangnya')).toMatchObject({ status: 403 })
  expect(await ask(supervisor.id, 'pendek')).toMatchObject({ status: 400 })
  const reason = 'panggilan resmi inspektorat'
  expect(await ask(supervisor.id, reason)).toEqual({
    status: 200,
    body: { name: 'Kenarianto Kuningwati', phone: CANARY.phone, email: CANARY.email },
  })
  await desk.sync()
  const line = desk.lines(reportId).find((e) => e.action === 'identity_opened')!
  expect(line).toMatchObject({ kind: 'system', actorId: supervisor.id, text: reason })
  expect(JSON.stringify(desk.lines(reportId))).not.toMatch(TRACE)
  await desk.act('report.clear_flags', supervisor.id, reportId, {
    anonymous: false,
    reason: 'pelapor mengizinkan',
  })
  expect(desk.report(number).reporter?.phone).toBe(CANARY.phone)
})
