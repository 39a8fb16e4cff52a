import { MAX_ATTACHMENT_BYTES } from '@shared/domain/report.ts'
import { randomBytes } from 'node:crypto'
import { readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { forgetUploads } from '../../electron/hub/attachments/uploads.ts'
import { sha256 } from './mini-desk.ts'
import { startHub, type TestDevice, type TestHub } from './start-hub.ts'

let t: TestHub
let pc: TestDevice
let other: TestDevice
beforeAll(async () => {
  t = await startHub()
  pc = await t.enrol('PUPR')
  other = await t.enrol('DLH')
})
afterAll(() => t.stop())

const file = (size: number) => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(size)])
const TUS = { 'tus-resumable': '1.0.0' }
const metadata = (hash: string) => `sha256 ${Buffer.from(hash).toString('base64')}`
const begin = (on: TestDevice, hash: string, length: number | string) =>
  on.call('uploads', {
    method: 'POST',
    headers: { ...TUS, 'upload-length': String(length), 'upload-metadata': metadata(hash) },
  })
const offsetOf = async (on: TestDevice, hash: string) => {
  const answer = await on.call(`uploads/${hash}`, { method: 'HEAD', headers: TUS })
  return [answer.status, answer.headers.get('upload-offset'), answer.headers.get('upload-length')]
}
const patch = async (
  on: TestDevice,
  hash: string,
  at: number,
  bytes: Buffer,
  type = 'application/offset+octet-stream',
) => {
  const answer = await on.call(`uploads/${hash}`, {
    method: 'PATCH',
    headers: { ...TUS, 'upload-offset': String(at), 'content-type': type },
    body: new Uint8Array(bytes),
  })
  return [answer.status, answer.headers.get('upload-offset')]
}

test('it says what it speaks, and refuses another version', async () => {
  const options = await pc.call('uploads', { method: 'OPTIONS' })
  expect([options.status, options.headers.get('tus-version'), options.headers.get('tus-extension')]).toEqual([
    204,
    '1.0.0',
    'creation',
  ])
  expect(options.headers.get('tus-max-size')).toBe(String(MAX_ATTACHMENT_BYTES))
  const old = await pc.call(`uploads/${'a'.repeat(64)}`, {
    method: 'HEAD',
    headers: { 'tus-resumable': '0.2.2' },
  })
  expect([old.status, old.headers.get('tus-version')]).toEqual([412, '1.0.0'])
})

test('a file arrives in chunks, each where the last ended, over a restart of the hub', async () => {
  const bytes = file(300_000)
  const hash = sha256(bytes)
  expect((await offsetOf(pc, hash))[0]).toBe(404)
  const made = await begin(pc, hash, bytes.length)
  expect([made.status, made.headers.get('location')]).toEqual([201, `/v1/uploads/${hash}`])
  expect(await patch(pc, hash, 0, bytes.subarray(0, 100_000))).toEqual([204, '100000'])
  expect(await offsetOf(pc, hash)).toEqual([200, '100000', String(bytes.length)])
  expect((await patch(pc, hash, 0, bytes.subarray(0, 10)))[0]).toBe(409)
  expect((await patch(pc, hash, 200_000, bytes.subarray(200_000)))[0]).toBe(409)
  await t.restart()
  // Beginning again does not begin anew.
  expect((await begin(pc, hash, bytes.length)).headers.get('upload-offset')).toBe('100000')
  expect((await pc.call(`attachments/${hash}`)).status).toBe(404)
  expect(await patch(pc, hash, 100_000, bytes.subarray(100_000))).toEqual([204, String(bytes.length)])
  expect(Buffer.from(await (await pc.call(`attachments/${hash}`)).arrayBuffer()).equals(bytes)).toBe(true)
  expect(await offsetOf(pc, hash)).toEqual([200, String(bytes.length), String(bytes.length)])
  expect(readdirSync(join(t.dataDir, 'attachments', 'uploads'))).toEqual([])
  // Verifies PRIV-01: what one office uploaded is unknown to another.
  expect((await offsetOf(other, hash))[0]).toBe(404)
})

test('what arrived of a chunk that was cut off counts', async () => {
  const bytes = file(200_000)
  const hash = sha256(bytes)
  await begin(pc, hash, bytes.length)
  const gone = new AbortController()
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (sent > 0) {
        await new Promise((resolve) => setTimeout(resolve, 200))
        gone.abort()
        return
      }
      sent = 65_536
      controller.enqueue(new Uint8Array(bytes.subarray(0, sent)))
    },
  })
  const headers = { ...TUS, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
  const cut = pc.call(`uploads/${hash}`, {
    method: 'PATCH',
    headers,
    body,
    signal: gone.signal,
    duplex: 'half',
  } as RequestInit)
  await expect(cut).rejects.toThrow()
  let at = 0
  for (let i = 0; i < 50 && at === 0; i++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    at = Number((await offsetOf(pc, hash))[1])
  }
  expect(at).toBe(65_536)
  expect((await patch(pc, hash, at, bytes.subarray(at)))[0]).toBe(204)
})

test('what is altered, too long, too big, of another kind or nobody’s is refused and leaves nothing', async () => {
  const bytes = file(1000)
  const hash = sha256(bytes)
  expect((await begin(pc, hash, MAX_ATTACHMENT_BYTES + 1)).status).toBe(413)
  for (const length of [0, -1, 'x', '1e3']) expect((await begin(pc, hash, length)).status).toBe(400)
  expect((await begin(pc, '../../etc', 10)).status).toBe(400)
  expect((await patch(pc, hash, 0, bytes))[0]).toBe(404)
  await begin(pc, hash, bytes.length)
  expect((await patch(pc, hash, 0, bytes, 'text/plain'))[0]).toBe(415)
  expect((await patch(pc, hash, 0, Buffer.concat([bytes, bytes])))[0]).toBe(413)
  const altered = Buffer.from(bytes)
  altered[500]! ^= 1
  await begin(pc, hash, bytes.length)
  const at = Number((await offsetOf(pc, hash))[1])
  expect((await patch(pc, hash, at, altered.subarray(at)))[0]).toBe(422)
  expect((await offsetOf(pc, hash))[0]).toBe(404)
  const html = Buffer.from('<!doctype html><script>alert(1)</script>')
  await begin(pc, sha256(html), html.length)
  expect((await patch(pc, sha256(html), 0, html))[0]).toBe(415)
  expect((await fetch(`${t.url}/v1/uploads/${hash}`, { method: 'HEAD', headers: TUS })).status).toBe(401)
})

test('an upload that nobody goes on with is forgotten after two weeks, and one PC cannot pile them up', async () => {
  const hashes = Array.from({ length: 25 }, (_, i) => sha256(`berkas ${i}`))
  const statuses: number[] = []
  for (const hash of hashes) {
    statuses.push((await begin(pc, hash, 100)).status)
    await patch(pc, hash, 0, Buffer.from('%PDF-'))
  }
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0)
  expect((await begin(other, hashes[0]!, 100)).status).toBe(201)
  const folder = join(t.dataDir, 'attachments', 'uploads')
  const old = new Date(Date.now() - 15 * 86_400_000)
  for (const name of readdirSync(folder))
    if (!name.endsWith(hashes[0]!)) utimesSync(join(folder, name), old, old)
  const gone = await forgetUploads(t.dataDir, Date.now())
  expect(gone).toBeGreaterThanOrEqual(19)
  expect((await offsetOf(pc, hashes[1]!))[0]).toBe(404)
})
