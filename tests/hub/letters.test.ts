import type { Letter } from '@shared/domain/letter.ts'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MiniDesk, newId, sha256, VERIFY } from './mini-desk.ts'
import { PEOPLE } from './small-regency.ts'
import { startHub, type TestHub } from './start-hub.ts'

let t: TestHub
let desk: MiniDesk
let reportId: string
const { clerk, supervisor, admin, dlhClerk } = PEOPLE
const REGISTER = { registerId: 'surat-keluar', year: 2026 }
beforeAll(async () => {
  t = await startHub()
  desk = await MiniDesk.at(t, 'PUPR', clerk.id, supervisor.id, admin.id)
  const number = await t.report({ first_name: 'Pelapor', last_name: 'Kenari' })
  await desk.sync()
  reportId = desk.report(number).id
  await desk.act('report.verify', clerk.id, reportId, VERIFY)
})
afterAll(() => t.stop())

function letter(on: MiniDesk, n: number, more: Partial<Letter> = {}): Letter {
  return {
    id: newId(),
    agencyId: on.device.agencyId,
    kind: 'disposition',
    ...REGISTER,
    n,
    suffix: '',
    number: `600/${n}/PUPR/2026`,
    date: '2026-03-02',
    subject: 'Disposisi',
    addressee: 'Pelapor Kenari',
    reportId,
    replyId: null,
    signerId: supervisor.id,
    state: 'issued',
    voidReason: null,
    sha256: sha256(String(n)),
    pages: 1,
    verifyToken: randomBytes(16).toString('base64url'),
    deviceId: on.device.deviceId,
    issuedAt: t.clock.now(),
    ...more,
  }
}

async function lease(on: MiniDesk, size: number) {
  const known = new Set(on.all('lease').map((l) => l.id))
  await on.act('register.lease', clerk.id, null, { ...REGISTER, size })
  return on.all('lease').find((l) => !known.has(l.id) && l.deviceId === on.device.deviceId)!
}

// Verifies LETT-01
test('leases asked for in parallel by several PCs never overlap and leave no hole', async () => {
  const pcs = await Promise.all([1, 2, 3, 4].map(() => MiniDesk.at(t, 'PUPR', clerk.id)))
  await Promise.all(
    pcs.flatMap((pc) =>
      [3, 5, 1].map((size) =>
        pc.device.exchange([pc.make('register.lease', clerk.id, null, { ...REGISTER, year: 2027, size })]),
      ),
    ),
  )
  await desk.sync()
  const numbers = desk
    .all('lease')
    .filter((l) => l.year === 2027)
    .flatMap((l) => Array.from({ length: l.to - l.from + 1 }, (_, i) => l.from + i))
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 36 }, (_, i) => i + 1))
})

test('a lease stays within its agency', async () => {
  const dlh = await MiniDesk.at(t, 'DLH', dlhClerk.id)
  await dlh.act('register.lease', dlhClerk.id, null, { ...REGISTER, size: 2 })
  expect(dlh.all('lease')).toMatchObject([{ from: 1, to: 2, deviceId: dlh.device.deviceId }])
  await desk.sync()
  expect(desk.all('lease').some((l) => l.deviceId === dlh.device.deviceId)).toBe(false)
})

// Verifies LETT-01
test("a number needs this PC's lease and is used once", async () => {
  const { from } = await lease(desk, 5)
  const other = await MiniDesk.at(t, 'PUPR', clerk.id)
  await other.sync()
  expect(await other.act('letter.issue', clerk.id, reportId, { letter: letter(other, from) })).toMatchObject({
    outcome: 'rejected',
    reason: 'number_not_leased',
  })
  expect(await desk.act('letter.issue', clerk.id, reportId, { letter: letter(desk, from) })).toMatchObject({
    outcome: 'applied',
    version: 1,
  })
  expect(await desk.act('letter.issue', clerk.id, reportId, { letter: letter(desk, from) })).toMatchObject({
    outcome: 'rejected',
    reason: 'number_taken',
  })
  const inserted = letter(desk, from, { suffix: 'A' })
  expect(await desk.act('letter.issue', clerk.id, reportId, { letter: inserted })).toMatchObject({
    outcome: 'applied',
  })
  const forOther = letter(desk, from + 1, { deviceId: other.device.deviceId })
  expect(await desk.act('letter.issue', clerk.id, reportId, { letter: forOther })).toMatchObject({
    reason: 'bad_mutation',
  })
})

// Verifies LETT-02
test('a reply letter needs a published answer', async () => {
  const { from } = await lease(desk, 2)
  const answer = desk.answer(reportId, 'Sudah ditambal.', 'acknowledgement')
  const { replyId, hash, reportVersion } = answer
  await desk.act('reply.submit', clerk.id, reportId, answer)
  const make = (n: number) => letter(desk, n, { kind: 'reply', replyId })
  expect(await desk.act('letter.issue', clerk.id, reportId, { letter: make(from) })).toMatchObject({
    reason: 'reply_not_approved',
  })
  await desk.act('reply.approve', supervisor.id, reportId, { replyId, hash, reportVersion })
  expect(await desk.act('letter.issue', clerk.id, reportId, { letter: make(from) })).toMatchObject({
    outcome: 'applied',
  })
})

test('a void letter stays as a row with its reason, its number stays taken', async () => {
  const { from } = await lease(desk, 1)
  const issued = letter(desk, from)
  await desk.act('letter.issue', clerk.id, reportId, { letter: issued })
  const reason = 'salah alamat'
  expect(
    await desk.act('letter.void', admin.id, reportId, { letterId: issued.id, reason: ' ' }),
  ).toMatchObject({ reason: 'reason_required' })
  expect(await desk.act('letter.void', admin.id, reportId, { letterId: issued.id, reason })).toMatchObject({
    outcome: 'applied',
    version: 2,
  })
  expect(await desk.act('letter.void', admin.id, reportId, { letterId: issued.id, reason })).toMatchObject({
    reason: 'wrong_state',
  })
  expect(desk.all('letter').find((l) => l.id === issued.id)).toMatchObject({
    state: 'void',
    voidReason: reason,
    n: from,
  })
  expect(await desk.act('letter.issue', clerk.id, reportId, { letter: letter(desk, from) })).toMatchObject({
    reason: 'number_taken',
  })
})

test('LETT-01: the number of a letter that was given up becomes a void row, without an approved answer or a role', async () => {
  const other = await MiniDesk.at(t, 'PUPR', clerk.id)
  const { from } = await lease(desk, 3)
  const reason = 'Pendaftaran ke hub dibatalkan'
  const spoil = (on: MiniDesk, given: Letter) =>
    on.act('letter.spoil', clerk.id, reportId, { letter: given, reason })
  const given = letter(desk, from, { kind: 'reply', replyId: newId() })
  expect(await spoil(desk, given)).toMatchObject({ outcome: 'applied', version: 1 })
  expect(desk.all('letter').find((l) => l.id === given.id)).toEqual({
    ...given,
    state: 'void',
    voidReason: reason,
  })
  // Told once more, or of a letter that was registered after all, the number is void all the same.
  expect(await spoil(desk, given)).toMatchObject({ outcome: 'applied', version: 1 })
  const registered = letter(desk, from + 1)
  await desk.act('letter.issue', clerk.id, reportId, { letter: registered })
  expect(await spoil(desk, registered)).toMatchObject({ outcome: 'applied', version: 2 })
  expect(desk.all('letter').find((l) => l.id === registered.id)).toMatchObject({
    state: 'void',
    voidReason: reason,
  })
  expect(await spoil(desk, letter(desk, from + 1))).toMatchObject({ reason: 'number_taken' })
  expect(await spoil(other, letter(other, from + 2))).toMatchObject({ reason: 'number_not_leased' })
  expect(await spoil(other, letter(desk, from + 2))).toMatchObject({ reason: 'bad_mutation' })
})

test("the verification page tells whether a letter is recorded, and nobody's name", async () => {
  const { from } = await lease(desk, 1)
  const issued = letter(desk, from)
  await desk.act('letter.issue', clerk.id, reportId, { letter: issued })
  const look = async (token: string, accept: string) => {
    const answer = await fetch(`${t.url}/v1/verify/${token}`, { headers: { accept } })
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() }
  }
  const html = await look(issued.verifyToken, 'text/html')
  expect(html).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' })
  expect(html.text).toContain('Surat ini tercatat')
  expect(html.text).toContain(issued.number)
  expect(html.text).toContain('Jabatan Simon Pejabat')
  expect(html.text).not.toMatch(/Kenari|Pelapor|>Simon/)
  const json = await look(issued.verifyToken, 'application/json')
  expect(JSON.parse(json.text)).toEqual({
    status: 'valid',
    number: issued.number,
    date: '2026-03-02',
    office: 'Dinas Pekerjaan Umum',
    signerPosition: 'Jabatan Simon Pejabat',
    fingerprint: issued.sha256.slice(0, 16),
  })
  await desk.act('letter.void', supervisor.id, reportId, { letterId: issued.id, reason: 'batal' })
  expect((await look(issued.verifyToken, 'text/html')).text).toContain('BATAL')
  expect((await look('A'.repeat(22), 'text/html')).status).toBe(404)
  expect((await look("'; drop table letters", 'application/json')).status).toBe(404)
})
