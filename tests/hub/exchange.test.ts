import { afterAll, beforeAll, expect, test } from 'vitest'
import { gzipSync } from 'node:zlib'
import { HUB_CONTENT_TYPE, PROTOCOL } from '@shared/sync/exchange.ts'
import { MiniDesk, newId } from './mini-desk.ts'
import { PEOPLE } from './small-regency.ts'
import { post, startHub, type TestHub } from './start-hub.ts'

let t: TestHub
let desk: MiniDesk
const { clerk, supervisor, dlhClerk } = PEOPLE
beforeAll(async () => {
  t = await startHub()
  desk = await MiniDesk.at(t, 'PUPR', clerk.id, supervisor.id)
})
afterAll(() => t.stop())

async function freshReport(): Promise<string> {
  const number = await t.report()
  await desk.sync()
  return desk.report(number).id
}

// Verifies SYNC-02
test('a resent mutation is answered duplicate and has one effect', async () => {
  const id = await freshReport()
  const m = desk.make('report.note', clerk.id, id, { text: 'sudah ditelepon' })
  const [first] = await desk.sync([m])
  const [again] = await desk.sync([m])
  expect(first).toMatchObject({ outcome: 'applied', mutationId: m.id })
  expect(again).toEqual({ ...first, outcome: 'duplicate' })
  expect(desk.lines(id).filter((e) => e.action === 'note')).toHaveLength(1)
})

// Verifies SYNC-02
test('the same mutation in two parallel requests has one effect', async () => {
  const id = await freshReport()
  const m = desk.make('report.note', clerk.id, id, { text: 'bersamaan' })
  const answers = await Promise.all([1, 2, 3, 4].map(() => desk.device.exchange([m], desk.cursor)))
  expect(answers.map((a) => a.receipts[0]!.outcome).sort()).toEqual([
    'applied',
    'duplicate',
    'duplicate',
    'duplicate',
  ])
  await desk.sync()
  expect(desk.lines(id).filter((e) => e.action === 'note')).toHaveLength(1)
})

test('an id with another content is refused and changes nothing', async () => {
  const id = await freshReport()
  const m = desk.make('report.note', clerk.id, id, { text: 'asli' })
  await desk.sync([m])
  const [receipt] = await desk.sync([{ ...m, payload: { text: 'palsu' } }])
  expect(receipt).toMatchObject({ outcome: 'rejected', reason: 'id_reused' })
  expect(
    desk
      .lines(id)
      .filter((e) => e.action === 'note')
      .map((e) => e.text),
  ).toEqual(['asli'])
})

test('a rejected mutation stays rejected when resent, even if it would be allowed now', async () => {
  const id = await freshReport()
  const m = desk.make('report.resume', clerk.id, id, { note: '' })
  expect((await desk.sync([m]))[0]).toMatchObject({ outcome: 'rejected', reason: 'wrong_state' })
  await desk.act('report.ask_citizen', clerk.id, id, { question: 'Di mana?', reason: 'alamat kurang' })
  expect((await desk.sync([m]))[0]).toMatchObject({ outcome: 'rejected', reason: 'wrong_state' })
  expect(desk.state(id).state).toBe('awaiting_citizen')
})

// Verifies SYNC-04
test('poisoned items are receipted one by one and block nothing', async () => {
  const id = await freshReport()
  const good = desk.make('report.note', clerk.id, id, { text: 'baik' })
  const unknownKind = { ...desk.make('report.note', clerk.id, id, { text: 'x' }), kind: 'report.explode' }
  const extraField = { ...desk.make('report.note', clerk.id, id, { text: 'x' }), surprise: 1 }
  const noId = { kind: 'report.note' }
  const nul = desk.make('register.lease', clerk.id, null, { registerId: 'a\u0000b', year: 2026, size: 1 })
  const receipts = await desk.sync([unknownKind, null, 'x', noId, extraField, nul, good])
  expect(receipts.map((r) => [r.mutationId, r.outcome, r.reason])).toEqual([
    [unknownKind.id, 'rejected', 'bad_mutation'],
    [extraField.id, 'rejected', 'bad_mutation'],
    [nul.id, 'rejected', 'bad_mutation'],
    [good.id, 'applied', null],
  ])
})

test('a missing or expired session rejects without storing, so that signing in cures it', async () => {
  const id = await freshReport()
  const other = await MiniDesk.at(t, 'PUPR')
  await other.sync()
  const m = other.make('report.note', clerk.id, id, { text: 'menunggu sesi' })
  expect((await other.sync([m]))[0]).toMatchObject({ outcome: 'rejected', reason: 'session_expired' })
  await other.device.session(clerk.id)
  expect((await other.sync([m]))[0]).toMatchObject({ outcome: 'applied' })
  t.clock.advance(31 * 86_400_000)
  const late = other.make('report.note', clerk.id, id, { text: 'terlambat' })
  expect((await other.sync([late]))[0]).toMatchObject({ reason: 'session_expired' })
  for (const d of [other, desk]) await d.device.session(clerk.id)
  await desk.device.session(supervisor.id)
  expect((await other.sync([late]))[0]).toMatchObject({ outcome: 'applied' })
})

// Verifies SYNC-04
test('an act that will come again is not overtaken by a later one on its report', async () => {
  const [id, elsewhere] = [await freshReport(), await freshReport()]
  const pc = await MiniDesk.at(t, 'PUPR', clerk.id)
  await pc.sync()
  const high = pc.make('report.prioritise', supervisor.id, id, { priority: 'high' })
  const low = pc.make('report.prioritise', clerk.id, id, { priority: 'low' })
  const note = pc.make('report.note', clerk.id, id, { text: 'ikut jalan' })
  const other = pc.make('report.prioritise', clerk.id, elsewhere, { priority: 'low' })
  const receipts = await pc.sync([high, low, note, other])
  expect(receipts.map((one) => [one.mutationId, one.reason])).toEqual([
    [high.id, 'session_expired'],
    [note.id, null],
    [other.id, null],
  ])
  await pc.device.session(supervisor.id)
  expect((await pc.sync([high, low])).map((one) => one.outcome)).toEqual(['applied', 'applied'])
  expect(pc.state(id).priority).toBe('low')
})

test("a person of another agency cannot act, nor a device on another agency's report", async () => {
  const id = await freshReport()
  const dlh = await MiniDesk.at(t, 'DLH', dlhClerk.id)
  expect(await dlh.act('report.note', dlhClerk.id, id, { text: 'x' })).toMatchObject({
    outcome: 'rejected',
    reason: 'unknown_report',
  })
  expect(await desk.act('report.note', dlhClerk.id, id, { text: 'x' })).toMatchObject({
    reason: 'session_expired',
  })
  expect(await desk.act('report.note', clerk.id, newId(), { text: 'x' })).toMatchObject({
    reason: 'unknown_report',
  })
})

test('speaks its content type, names itself, takes gzip and answers brotli', async () => {
  const request = {
    protocol: 1,
    sessions: {},
    cursor: null,
    mutations: [],
    want: { maxChanges: 1000 },
    audit: null,
  }
  const answer = await desk.device.call('exchange', {
    method: 'POST',
    headers: { 'content-type': HUB_CONTENT_TYPE, 'content-encoding': 'gzip', 'accept-encoding': 'br' },
    body: new Uint8Array(gzipSync(JSON.stringify(request))),
  })
  expect(answer.headers.get('content-type')).toBe(HUB_CONTENT_TYPE)
  expect(answer.headers.get('x-hub-id')).toBe(desk.last.hubId)
  expect(answer.headers.get('content-encoding')).toBe('br')
  expect(await answer.json()).toMatchObject({ protocol: 1, epoch: 1, baseCursor: null })
})

test('refuses other protocols, nonsense and strangers in its own format', async () => {
  const call = async (body: unknown, token?: string) => {
    const answer = await post(`${t.url}/v1/exchange`, body, token)
    const { error } = (await answer.json()) as { error: { code: string; message: string } }
    expect(answer.headers.get('content-type')).toBe(HUB_CONTENT_TYPE)
    expect(error.message.length).toBeGreaterThan(10)
    return [answer.status, error.code]
  }
  const { deviceToken } = desk.device
  expect(await call({ protocol: PROTOCOL + 1 }, deviceToken)).toEqual([426, 'protocol_too_new'])
  expect(await call({ protocol: 0 }, deviceToken)).toEqual([426, 'protocol_too_old'])
  expect(await call({ protocol: 1 }, deviceToken)).toEqual([400, 'bad_request'])
  expect(await call({ protocol: 1 })).toEqual([401, 'device_unknown'])
  expect(await call({ protocol: 1 }, 'x'.repeat(43))).toEqual([401, 'device_unknown'])
  const missing = await fetch(`${t.url}/v1/nothing`)
  expect([missing.status, await missing.json()]).toMatchObject([404, { error: { code: 'not_found' } }])
  const html = await fetch(`${t.url}/v1/exchange`, {
    method: 'POST',
    headers: { 'content-type': 'text/html', authorization: `Bearer ${deviceToken}` },
    body: '<p>',
  })
  expect([html.status, await html.json()]).toMatchObject([415, { error: { code: 'unsupported_media' } }])
  const broken = await desk.device.call('exchange', {
    method: 'POST',
    headers: { 'content-type': HUB_CONTENT_TYPE, 'content-encoding': 'gzip' },
    body: 'not gzip',
  })
  expect(broken.status).toBe(400)
})

// Verifies AUDIT-01
test("the head of a device's audit chain is kept, and a shorter or rewritten chain is noticed", async () => {
  const pc = await t.enrol('PUPR')
  const tell = async (count: number, head: string) => {
    const body = {
      protocol: 1,
      sessions: {},
      cursor: null,
      mutations: [],
      want: { maxChanges: 0 },
      audit: { count, head },
    }
    expect((await post(`${t.url}/v1/exchange`, body, pc.deviceToken)).status).toBe(200)
    return t.log.filter((line) => line['event'] === 'audit_chain_altered').length
  }
  expect(await tell(3, 'aaa')).toBe(0)
  expect(await tell(3, 'aaa')).toBe(0)
  expect(await tell(5, 'bbb')).toBe(0)
  expect(await tell(5, 'ccc')).toBe(1)
  expect(await tell(2, 'aaa')).toBe(2)
})

test('flags that set nothing are refused', async () => {
  const id = await freshReport()
  expect(await desk.act('report.set_flags', clerk.id, id, {})).toMatchObject({
    outcome: 'rejected',
    reason: 'bad_mutation',
  })
})
