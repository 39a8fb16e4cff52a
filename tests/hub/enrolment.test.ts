import { EnrolResponse, Hello, PROTOCOL, SessionResponse } from '@shared/sync/exchange.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MiniDesk } from './mini-desk.ts'
import { PASSWORD, PEOPLE, SMALL_REGENCY } from './small-regency.ts'
import { post, startHub, type TestHub } from './start-hub.ts'

let t: TestHub
const { clerk, supervisor, admin, dlhClerk, operator } = PEOPLE
beforeEach(async () => {
  t = await startHub()
})
afterEach(() => t.stop())

const enrol = async (code: string) => {
  const answer = await post(`${t.url}/v1/enrolments`, { protocol: 1, code, deviceName: 'PC' })
  return { status: answer.status, body: (await answer.json()) as { error?: { code: string } } }
}

test('a code enrols one PC, however it is typed, and only once', async () => {
  const code = await t.code('PUPR')
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
  const typed = ` ${code.toLowerCase().replace('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `
  const first = await enrol(typed)
  expect(first.status).toBe(200)
  expect(EnrolResponse.parse(first.body)).toMatchObject({
    agencyId: 'PUPR',
    deviceCode: 'AA',
    agencyName: 'Dinas Pekerjaan Umum',
  })
  expect(await enrol(code)).toMatchObject({ status: 409, body: { error: { code: 'code_used' } } })
})

test('one code in parallel enrols one PC; devices get different letters', async () => {
  const code = await t.code('PUPR')
  const answers = await Promise.all([1, 2, 3].map(() => enrol(code)))
  expect(answers.map((a) => a.status).toSorted((a, b) => a - b)).toEqual([200, 409, 409])
  const more = await Promise.all([1, 2, 3].map(() => t.enrol('PUPR')))
  expect(more.map((d) => d.deviceCode).sort()).toEqual(['AB', 'AC', 'AD'])
})

test('a code lasts 72 hours', async () => {
  const code = await t.code('PUPR')
  t.clock.advance(72 * 3_600_000)
  expect(await enrol(code)).toMatchObject({ status: 410, body: { error: { code: 'code_expired' } } })
})

test('five wrong codes block for a while, also a right one', async () => {
  const code = await t.code('PUPR')
  for (let i = 0; i < 5; i++)
    expect(await enrol('AAAAA-AAAAA')).toMatchObject({
      status: 404,
      body: { error: { code: 'code_unknown' } },
    })
  expect(await enrol(code)).toMatchObject({ status: 429, body: { error: { code: 'too_many_tries' } } })
  t.clock.advance(15 * 60_000)
  expect((await enrol(code)).status).toBe(200)
})

test('hello proves a hub; an admin door without the token stays shut', async () => {
  const hello = await fetch(`${t.url}/v1/hello`)
  expect(Hello.parse(await hello.json())).toMatchObject({
    name: 'Kabupaten Contoh',
    protocol: PROTOCOL,
    practice: true,
  })
  expect((await post(`${t.url}/v1/admin/enrolment-codes`, { agencyId: 'PUPR' }, 'x')).status).toBe(403)
  expect((await t.admin('enrolment-codes', { agencyId: 'TIDAKADA' })).status).toBe(404)
  expect((await t.admin('bootstrap', SMALL_REGENCY)).status).toBe(403)
})

test('the set-up file is judged as a whole', async () => {
  const empty = await startHub({ empty: true })
  try {
    const broken = await empty.admin('bootstrap', {
      ...SMALL_REGENCY,
      agencies: SMALL_REGENCY.agencies.slice(0, 1),
    })
    expect(broken.status).toBe(400)
    expect((await empty.admin('bootstrap', { hubName: 'x' })).status).toBe(400)
    expect(await (await empty.bootstrap()).json()).toEqual({ agencies: 3, services: 4, people: 7 })
    expect((await empty.bootstrap()).status).toBe(403)
  } finally {
    await empty.stop()
  }
})

test('a session needs the right password of a person of this office, with few tries', async () => {
  const device = await t.enrol('PUPR')
  const session = await device.session(clerk.id)
  expect(SessionResponse.parse(session)).toMatchObject({
    unlockSecret: device.unlockSecret,
    person: { id: clerk.id },
  })
  await expect(device.session(dlhClerk.id)).rejects.toThrow('wrong_password')
  for (let i = 0; i < 5; i++)
    await expect(device.session(supervisor.id, 'salah')).rejects.toThrow('wrong_password')
  await expect(device.session(supervisor.id, PASSWORD)).rejects.toThrow('too_many_tries')
  await device.session(clerk.id)
  t.clock.advance(15 * 60_000)
  await device.session(supervisor.id)
})

test('an agency admin makes codes for their own office, the operator for any, a clerk for none', async () => {
  const pupr = await t.enrol('PUPR')
  const kominfo = await t.enrol('KOMINFO')
  const ask = async (device: typeof pupr, personId: string, agencyId: string) => {
    const { token: session } = await device.session(personId)
    const answer = await post(
      `${t.url}/v1/enrolment-codes`,
      { protocol: 1, personId, session, agencyId },
      device.deviceToken,
    )
    return answer.status
  }
  expect(await ask(pupr, admin.id, 'PUPR')).toBe(200)
  expect(await ask(pupr, admin.id, 'DLH')).toBe(403)
  expect(await ask(pupr, clerk.id, 'PUPR')).toBe(403)
  expect(await ask(kominfo, operator.id, 'DLH')).toBe(200)
  const stolen = await post(
    `${t.url}/v1/enrolment-codes`,
    { protocol: 1, personId: admin.id, session: 'x', agencyId: 'PUPR' },
    pupr.deviceToken,
  )
  expect(await stolen.json()).toMatchObject({ error: { code: 'session_expired' } })
})

test('a session of one PC is worth nothing on another', async () => {
  const one = await t.enrol('PUPR')
  const two = await MiniDesk.at(t, 'PUPR')
  const number = await t.report()
  await two.sync()
  const { token } = await one.session(clerk.id)
  const m = two.make('report.note', clerk.id, two.report(number).id, { text: 'x' })
  const body = {
    protocol: 1,
    sessions: { [clerk.id]: token },
    cursor: null,
    mutations: [m],
    want: { maxChanges: 0 },
    audit: null,
  }
  const answer = await post(`${t.url}/v1/exchange`, body, two.device.deviceToken)
  expect(await answer.json()).toMatchObject({
    receipts: [{ outcome: 'rejected', reason: 'session_expired' }],
  })
})

test('everything is still there after a restart, and nothing happens twice', async () => {
  const desk = await MiniDesk.at(t, 'PUPR', clerk.id)
  const number = await t.report()
  await desk.sync()
  const { id } = desk.report(number)
  const m = desk.make('report.note', clerk.id, id, { text: 'sebelum mati' })
  const [before] = await desk.sync([m])
  const { hubId } = desk.last
  await t.restart()
  const [after] = await desk.sync([m])
  expect(after).toEqual({ ...before, outcome: 'duplicate' })
  expect(desk.last).toMatchObject({ hubId, epoch: 1, resync: null, reportCount: 1 })
  const fresh = await MiniDesk.at(t, 'PUPR')
  await fresh.sync()
  expect(fresh.lines(id).map((e) => e.text)).toContain('sebelum mati')
})
