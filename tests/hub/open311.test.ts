import { AttributeOut, Open311Error, RequestOut, ServiceOut } from '@shared/open311/georeport.ts'
import { UpdateOut } from '@shared/open311/updates.ts'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { MiniDesk, VERIFY } from './mini-desk.ts'
import { PEOPLE } from './small-regency.ts'
import { startHub, type TestHub } from './start-hub.ts'

let t: TestHub
let base: string
beforeAll(async () => {
  t = await startHub()
  base = `${t.url}/open311/v2`
})
afterAll(() => t.stop())

type Params = Record<string, string>
const DAY = 86_400_000
const lists = ['service', 'request', 'error', 'attribute', 'value', 'endpoint', 'format', 'request_update']
const parser = new XMLParser({ parseTagValue: false, isArray: (name) => lists.includes(name) })

async function read(answer: Response) {
  const text = await answer.text()
  const type = answer.headers.get('content-type')
  if (type?.startsWith('application/json'))
    return { status: answer.status, type, body: JSON.parse(text) as unknown, text }
  expect(type).toBe('text/xml; charset=utf-8')
  expect(XMLValidator.validate(text)).toBe(true)
  return { status: answer.status, type, body: parser.parse(text) as Record<string, unknown>, text }
}
const get = async (path: string) => read(await fetch(`${base}/${path}`))
const send = async (path: string, params: Params | string) =>
  read(await fetch(`${base}/${path}`, { method: 'POST', body: new URLSearchParams(params) }))
const GOOD = {
  api_key: 'kunci-warga',
  service_code: 'jalan',
  lat: '-4.5467',
  long: '136.8833',
  description: 'Lubang besar',
}

test('discovery, in both formats, says where and what', async () => {
  const json = await get('discovery.json')
  expect(json.body).toMatchObject({
    endpoints: [
      {
        specification: 'http://wiki.open311.org/GeoReport_v2',
        url: base,
        type: 'test',
        formats: ['text/xml', 'application/json'],
      },
    ],
  })
  const xml = await get('discovery.xml')
  expect(xml.body).toMatchObject({
    discovery: {
      endpoints: { endpoint: [{ url: base, formats: { format: ['text/xml', 'application/json'] } }] },
    },
  })
})

test('services and their definition, in both formats', async () => {
  const json = await get('services.json')
  expect(
    z
      .array(ServiceOut)
      .parse(json.body)
      .map((s) => s.service_code),
  ).toEqual(['jalan', 'drainase', 'sampah', 'lain'])
  const xml = (await get('services.xml')).body as { services: { service: object[] } }
  expect(xml.services.service[0]).toMatchObject({
    service_code: 'jalan',
    metadata: 'true',
    type: 'realtime',
    group: 'Umum',
  })
  const definition = (await get('services/jalan.json')).body as { service_code: string; attributes: unknown }
  const codes = z
    .array(AttributeOut)
    .parse(definition.attributes)
    .map((a) => a.code)
  expect(codes).toEqual(['class', 'anonymous', 'confidential', 'district', 'subject', 'client_ref'])
  const asXml = (await get('services/jalan.xml')).body as {
    service_definition: { attributes: { attribute: object[] } }
  }
  expect(asXml.service_definition.attributes.attribute[0]).toMatchObject({
    code: 'class',
    order: '1',
    values: { value: [{ key: 'pengaduan', name: 'Pengaduan' }, {}, {}, {}] },
  })
  expect(await get('services/tidakada.json')).toMatchObject({ status: 404, body: [{ code: 404 }] })
  expect((await get('services/tidakada.xml')).text).toContain(
    '<errors><error><code>404</code><description>service_code:',
  )
})

test('a report filed in JSON is read back in both formats, whole and in lists', async () => {
  const filed = await send('requests.json', {
    ...GOOD,
    address_string: 'Jl. Budi Utomo',
    'attribute[class]': 'Keluhan',
    'attribute[district]': 'Mimika Baru',
    description: 'Lubang <besar> & "dalam"',
  })
  expect(filed).toMatchObject({
    status: 201,
    body: [{ service_request_id: expect.stringMatching(/^PUPR-26-\d{6}$/) }],
  })
  const [{ service_request_id: number }] = filed.body as [{ service_request_id: string }]
  const one = z
    .array(RequestOut)
    .length(1)
    .parse((await get(`requests/${number}.json`)).body)[0]!
  expect(one).toMatchObject({
    status: 'open',
    lat: -4.5467,
    long: 136.8833,
    description: 'Lubang <besar> & "dalam"',
    agency_responsible: 'Dinas Pekerjaan Umum',
    requested_datetime: '2026-03-02T01:00:00Z',
  })
  const xml = (await get(`requests/${number}.xml`)).body as { service_requests: { request: object[] } }
  expect(xml.service_requests.request).toMatchObject([
    { service_request_id: number, description: 'Lubang <besar> & "dalam"', lat: '-4.5467' },
  ])
  const list = (await get('requests.json')).body as { service_request_id: string }[]
  expect(list.map((r) => r.service_request_id)).toContain(number)
  const desk = await MiniDesk.at(t, 'PUPR')
  await desk.sync()
  expect(desk.report(number)).toMatchObject({
    district: 'Mimika Baru',
    channel: 'open311',
    reporter: null,
    subject: 'Lubang <besar> & "dalam"',
  })
  expect(desk.state(desk.report(number).id)).toMatchObject({ class: 'keluhan', state: 'received' })
})

test('a report filed in XML form gets its number in XML', async () => {
  const filed = await send('requests.xml', GOOD)
  expect(filed.body).toMatchObject({
    service_requests: { request: [{ service_request_id: expect.stringMatching(/^PUPR-26-/) }] },
  })
})

test('a resend with the same reference is the same report, for the same client only', async () => {
  const params = { ...GOOD, 'attribute[client_ref]': 'hp-17' }
  const idOf = async (p: Params) =>
    ((await send('requests.json', p)).body as [{ service_request_id: string }])[0].service_request_id
  const answers = await Promise.all([idOf(params), idOf(params), idOf(params)])
  expect(new Set(answers).size).toBe(1)
  expect(await idOf({ ...params, api_key: 'latihan' })).not.toBe(answers[0])
})

test("every complaint comes at once, in the standard's form", async () => {
  const bad = {
    api_key: 'kunci-warga',
    lat: '91',
    email: 'bukan surel',
    'attribute[class]': 'marah',
    'attribute[anonymous]': 'mungkin',
    media_url: 'javascript:alert(1)',
  }
  const { status, body } = await send('requests.json', bad)
  expect(status).toBe(400)
  const errors = z.array(Open311Error).parse(body)
  expect(errors.map((e) => e.description.split(':')[0])).toEqual([
    'service_code',
    'description',
    'lat',
    'lat dan long harus dikirim bersama',
    'email',
    'attribute[anonymous]',
    'attribute[class]',
    'media_url',
  ])
  const xml = (await send('requests.xml', bad)).body as { errors: { error: object[] } }
  expect(xml.errors.error).toHaveLength(8)
  expect(xml.errors.error[0]).toEqual({ code: '400', description: 'service_code: wajib diisi' })
})

test("key, service, place and words are each demanded, with the standard's codes", async () => {
  const { api_key: _k, ...noKey } = GOOD
  expect(await send('requests.json', noKey)).toMatchObject({
    status: 403,
    body: [{ code: 403, description: 'api_key: wajib diisi' }],
  })
  expect(await send('requests.json', { ...GOOD, api_key: 'salah' })).toMatchObject({
    status: 403,
    body: [{ code: 403 }],
  })
  expect(await send('requests.json', { ...GOOD, service_code: 'sirkus' })).toMatchObject({
    status: 404,
    body: [{ code: 404 }],
  })
  expect(await send('requests.json', { api_key: 'x', service_code: 'sirkus' })).toMatchObject({
    status: 403,
    body: [{ code: 403 }, {}, {}, { code: 404 }],
  })
  expect(await send('requests.json', { ...GOOD, lat: '', long: '' })).toMatchObject({ status: 400 })
  expect(await send('requests.json', { ...GOOD, long: '' })).toMatchObject({ status: 400 })
  expect(await send('requests.json', { ...GOOD, description: '  ' })).toMatchObject({ status: 400 })
  expect(await send('requests.json', { ...GOOD, lat: '', long: '', address_id: '77' })).toMatchObject({
    status: 201,
  })
})

test('a text of 1 MB, lone surrogates, NUL and hostile XML are answered, not suffered', async () => {
  const big = await send('requests.json', { ...GOOD, description: 'a'.repeat(1024 * 1024) })
  expect(big).toMatchObject({
    status: 400,
    body: [{ code: 400, description: 'description: paling banyak 4000 huruf, terkirim 1048576' }],
  })
  const huge = await send('requests.xml', { ...GOOD, description: 'a'.repeat(5 * 1024 * 1024) })
  expect([huge.status, huge.text]).toEqual([413, expect.stringContaining('<error><code>413</code>')])
  const odd = await read(
    await fetch(`${base}/requests.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: `${new URLSearchParams({ ...GOOD, description: '' }).toString().replace('description=', '')}description=A%00B%01C%ED%A0%80D]]>`,
    }),
  )
  expect(odd.status).toBe(201)
  const [{ service_request_id: number }] = odd.body as [{ service_request_id: string }]
  const xml = await get(`requests/${number}.xml`)
  expect(xml.text).toContain(']]&gt;')
  const [one] = (await get(`requests/${number}.json`)).body as [{ description: string }]
  expect(one.description.replace('\u0001', '<1>')).toMatch(/^AB<1>C\uFFFD+D\]\]>$/)
  const form = new FormData()
  for (const [k, v] of Object.entries({ ...GOOD, description: 'b'.repeat(1024 * 1024) })) form.set(k, v)
  expect(await read(await fetch(`${base}/requests.json`, { method: 'POST', body: form }))).toMatchObject({
    status: 400,
  })
})

test("other bodies, methods and addresses answer in the standard's form too", async () => {
  const json = await read(
    await fetch(`${base}/requests.json`, {
      method: 'POST',
      headers: { 'content-type': 'text/html' },
      body: '<p>',
    }),
  )
  expect(json).toMatchObject({ status: 400, body: [{ code: 400 }] })
  expect(await read(await fetch(`${base}/requests.json`, { method: 'POST' }))).toMatchObject({ status: 403 })
  expect(await get('nothing.json')).toMatchObject({ status: 404, body: [{ code: 404 }] })
  expect((await get('requests/PUPR-26-999999.xml')).text).toContain('<code>404</code>')
  expect((await get('requests/PUPR-26-000001')).status).toBe(404)
  expect(await get('tokens/00000000-0000-4000-8000-000000000000.json')).toMatchObject({ status: 404 })
  expect(await get('tokens/bukan.xml')).toMatchObject({ status: 404 })
})

test('lists filter by id, service, status and period', async () => {
  const one = await t.report({ service_code: 'drainase' })
  const two = await t.report({ service_code: 'sampah' })
  const ids = async (query: string) =>
    ((await get(`requests.json?${query}`)).body as { service_request_id: string }[]).map(
      (r) => r.service_request_id,
    )
  expect(await ids(`service_request_id=${one},${two},TIDAK-26-1`)).toEqual(expect.arrayContaining([one, two]))
  expect(await ids('service_code=drainase,sampah')).toHaveLength(2)
  expect(await ids('service_code=drainase&status=closed')).toEqual([])
  expect(await ids('service_code=drainase&status=open,closed')).toEqual([one])
  expect(
    await ids(
      'service_code=drainase&start_date=2026-03-01T00:00:00%2B09:00&end_date=2026-03-01T23:00:00%2B09:00',
    ),
  ).toEqual([])
  for (const bad of [
    'status=lama',
    'start_date=2026-03-01',
    'start_date=2026-03-01T00:00:00',
    'start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z',
    'start_date=2026-03-02T00:00:00Z&end_date=2026-03-01T00:00:00Z',
  ]) {
    expect(await get(`requests.json?${bad}`), bad).toMatchObject({ status: 400, body: [{ code: 400 }] })
  }
  t.clock.advance(91 * DAY)
  expect(await ids('service_code=drainase')).toEqual([])
})

test('updates: published ones are read in both formats; messages are written, and a resend is one', async () => {
  const desk = await MiniDesk.at(t, 'PUPR', PEOPLE.clerk.id, PEOPLE.supervisor.id)
  const number = await t.report()
  await desk.sync()
  const { id } = desk.report(number)
  await desk.act('report.verify', PEOPLE.clerk.id, id, VERIFY)
  const answer = desk.answer(id, 'Sudah <selesai>.')
  await desk.act('reply.submit', PEOPLE.clerk.id, id, answer)
  await desk.act('report.note', PEOPLE.clerk.id, id, { text: 'catatan dalam' })
  const { replyId, hash, reportVersion } = answer
  await desk.act('reply.approve', PEOPLE.supervisor.id, id, { replyId, hash, reportVersion })
  const json = await get(`servicerequestupdates.json?service_request_id=${number}`)
  expect(z.array(UpdateOut).parse(json.body)).toMatchObject([
    { service_request_id: number, status: 'fixed', description: 'Sudah <selesai>.' },
  ])
  const xml = (await get('servicerequestupdates.xml')).body as {
    service_request_updates: { request_update: object[] }
  }
  expect(xml.service_request_updates.request_update).toMatchObject([
    { service_request_id: number, description: 'Sudah <selesai>.' },
  ])
  expect(json.text + (await get('servicerequestupdates.xml')).text).not.toMatch(/catatan dalam|Klara|Simon/)
  const message = {
    api_key: 'kunci-warga',
    service_request_id: number,
    update_id: 'u-1',
    status: 'OPEN',
    updated_datetime: '2026-06-02T08:00:00+09:00',
    description: 'Belum selesai!',
  }
  const first = await send('servicerequestupdates.xml', message)
  expect(first).toMatchObject({
    status: 201,
    body: { service_request_updates: { request_update: [{ update_id: expect.any(String) }] } },
  })
  expect((await send('servicerequestupdates.xml', message)).text).toBe(first.text)
  await desk.sync()
  expect(desk.lines(id).filter((e) => e.kind === 'citizen')).toMatchObject([
    { text: 'Belum selesai!', data: { status: 'open' } },
  ])
  expect(desk.state(id).state).toBe('resolved')
})

test('bad updates name everything that is wrong', async () => {
  const bad = await send('servicerequestupdates.json', { updated_datetime: 'kemarin' })
  expect(bad.status).toBe(403)
  expect((bad.body as Open311Error[]).map((e) => e.description.split(':')[0])).toEqual([
    'api_key',
    'updated_datetime',
    'service_request_id',
    'update_id',
    'description',
  ])
  const unknown = await send('servicerequestupdates.json', {
    api_key: 'latihan',
    service_request_id: 'X-26-1',
    update_id: '1',
    description: 'x',
  })
  expect(unknown).toMatchObject({ status: 404, body: [{ code: 404 }] })
})
