import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noisePng } from '../fixtures/pictures.ts'
import { MiniDesk, sha256 } from './mini-desk.ts'
import { PEOPLE } from './small-regency.ts'
import { startHub, type TestDevice, type TestHub } from './start-hub.ts'

let t: TestHub
let pc: TestDevice
let dlh: TestDevice
beforeAll(async () => {
  t = await startHub()
  pc = await t.enrol('PUPR')
  dlh = await t.enrol('DLH')
})
afterAll(() => t.stop())

const PNG = noisePng(500)
const PDF = Buffer.from('%PDF-1.7\n% contoh surat\n%%EOF')

async function put(on: TestDevice, bytes: Buffer, hash = sha256(bytes)) {
  const answer = await on.call(`attachments/${hash}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  })
  return {
    status: answer.status,
    body: (await answer.json()) as { error?: { code: string }; mime?: string; size?: number },
  }
}

const photoForm = (bytes: Buffer, name = 'foto.png') => {
  const form = new FormData()
  for (const [k, v] of Object.entries({
    api_key: 'latihan',
    service_code: 'jalan',
    address_string: 'x',
    description: 'ada foto',
  }))
    form.set(k, v)
  form.set('media', new Blob([new Uint8Array(bytes)]), name)
  return form
}

test('a file is stored once under its hash and comes back byte for byte', async () => {
  expect(await put(pc, PDF)).toMatchObject({
    status: 201,
    body: { mime: 'application/pdf', size: PDF.length },
  })
  expect(await put(pc, PDF)).toMatchObject({ status: 201 })
  const answer = await pc.call(`attachments/${sha256(PDF)}`)
  expect(answer.headers.get('content-type')).toBe('application/pdf')
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(PDF)
})

test('a download resumes by range', async () => {
  await put(pc, PDF)
  const part = async (range: string) => {
    const answer = await pc.call(`attachments/${sha256(PDF)}`, { headers: { range } })
    return [answer.status, answer.headers.get('content-range'), await answer.text()]
  }
  const all = PDF.toString('latin1')
  expect(await part('bytes=0-3')).toEqual([206, `bytes 0-3/${PDF.length}`, '%PDF'])
  expect(await part('bytes=10-')).toEqual([206, `bytes 10-${PDF.length - 1}/${PDF.length}`, all.slice(10)])
  expect(await part('bytes=-5')).toEqual([
    206,
    `bytes ${PDF.length - 5}-${PDF.length - 1}/${PDF.length}`,
    '%%EOF',
  ])
  expect((await part('bytes=9999-'))[0]).toBe(416)
  expect((await part('bytes=a-b'))[0]).toBe(200)
})

test('what is too big, of another kind or altered is refused and leaves nothing behind', async () => {
  const big = Buffer.concat([PDF, Buffer.alloc(10 * 1024 * 1024)])
  expect(await put(pc, big)).toMatchObject({ status: 413, body: { error: { code: 'too_large' } } })
  const html = Buffer.from('<!doctype html><script>alert(1)</script>')
  expect(await put(pc, html)).toMatchObject({ status: 415, body: { error: { code: 'unsupported_media' } } })
  expect(await put(pc, PNG, 'a'.repeat(64))).toMatchObject({
    status: 422,
    body: { error: { code: 'hash_mismatch' } },
  })
  expect(await put(pc, PNG, '../../etc/passwd')).toMatchObject({ status: 404 })
  expect(await put(pc, Buffer.alloc(0))).toMatchObject({ status: 415 })
  expect((await fetch(`${t.url}/v1/attachments/${sha256(PDF)}`)).status).toBe(401)
  expect(readdirSync(join(t.dataDir, 'attachments', 'tmp'))).toEqual([])
})

// Verifies PRIV-01
test('only the agency that uploaded a file, or whose report names it, may fetch it', async () => {
  const own = Buffer.concat([PDF, Buffer.from('\nmilik PUPR')])
  await put(pc, own)
  expect((await dlh.call(`attachments/${sha256(own)}`)).status).toBe(404)
  const answer = await fetch(`${t.url}/open311/v2/requests.json`, { method: 'POST', body: photoForm(PNG) })
  expect(answer.status).toBe(201)
  const desk = new MiniDesk(pc)
  await pc.session(PEOPLE.clerk.id)
  await desk.sync()
  const [photo] = desk.all('report')[0]!.attachments
  expect(photo).toMatchObject({ mime: 'image/png', name: 'foto.png' })
  expect((await pc.call(`attachments/${photo!.sha256}`)).status).toBe(200)
  expect((await dlh.call(`attachments/${photo!.sha256}`)).status).toBe(404)
})

test('a photo must be a real picture of at most 10 MB', async () => {
  const send = async (form: FormData, format = 'json') => {
    const answer = await fetch(`${t.url}/open311/v2/requests.${format}`, { method: 'POST', body: form })
    return [answer.status, await answer.text()] as const
  }
  const fake = await send(photoForm(Buffer.from('GIF89a bukan foto yang diterima')))
  expect(fake[0]).toBe(400)
  expect(JSON.parse(fake[1])).toEqual([{ code: 400, description: 'media: bukan foto JPEG, PNG, atau WebP' }])
  expect((await send(photoForm(PDF)))[0]).toBe(400)
  const big = await send(photoForm(Buffer.concat([PNG, Buffer.alloc(10 * 1024 * 1024 + 1)])), 'xml')
  expect(big).toEqual([
    400,
    expect.stringContaining(
      '<error><code>400</code><description>media: foto melebihi 10 MB</description></error>',
    ),
  ])
})
