import { Transformer } from '@napi-rs/image'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MAX_THUMB_BYTES, THUMB_SIDE, type AttachmentRef, type Report } from '@shared/domain/report.ts'
import { THUMBS_CONTENT_TYPE } from '@shared/sync/exchange.ts'
import { packThumbs, unpackThumbs } from '@shared/sync/thumbnails.ts'
import { loadPictures, MAX_PIXELS, type Pictures } from '../../electron/hub/pictures/pictures.ts'
import { pictureSize } from '../../electron/hub/pictures/size.ts'
import { asFromTelephone, bombPng, greyPng, jpeg, noisePng, pngChunk } from '../fixtures/pictures.ts'
import { MiniDesk, sha256, VERIFY } from './mini-desk.ts'
import { PEOPLE } from './small-regency.ts'
import { startHub, type TestDevice, type TestHub } from './start-hub.ts'

let t: TestHub
let pc: TestDevice
let other: TestDevice
let pictures: Pictures
beforeAll(async () => {
  t = await startHub()
  pc = await t.enrol('PUPR')
  other = await t.enrol('DLH')
  pictures = (await loadPictures()).pictures!
})
afterAll(() => t.stop())

const PRACTICE = resolve(import.meta.dirname, '../../resources/practice/photos')

/** Files a report with a photo; answers status and body. */
async function send(bytes: Buffer, name = 'foto.jpg') {
  const form = new FormData()
  const fields = { api_key: 'latihan', service_code: 'jalan', address_string: 'x', description: 'ada foto' }
  for (const [key, value] of Object.entries(fields)) form.set(key, value)
  form.set('media', new Blob([new Uint8Array(bytes)]), name)
  const answer = await fetch(`${t.url}/open311/v2/requests.json`, { method: 'POST', body: form })
  return { status: answer.status, body: (await answer.json()) as { description?: string }[] }
}

async function lastReport(): Promise<Report> {
  const desk = new MiniDesk(pc)
  await desk.sync()
  return desk
    .all('report')
    .toSorted((a, b) => a.number.localeCompare(b.number))
    .at(-1)!
}

async function submitted(desk: MiniDesk, reportId: string, file: AttachmentRef) {
  const answer = desk.answer(reportId, 'Lihat foto.', 'final', undefined, [file])
  expect(await desk.act('reply.submit', PEOPLE.clerk.id, reportId, answer)).toMatchObject({
    outcome: 'applied',
  })
  return answer
}

const fetched = async (on: TestDevice, sha256: string) =>
  Buffer.from(await (await on.call(`attachments/${sha256}`)).arrayBuffer())

// Verifies PRIV-01
test('a citizen’s photo loses position, comments and tail, stands upright, and is named by what is kept', async () => {
  const sent = asFromTelephone(await jpeg(400, 300))
  expect((await new Transformer(sent).metadata(true)).exif).toMatchObject({
    Orientation: expect.anything() as unknown,
  })
  expect((await send(sent, 'dari-hp.jpg')).status).toBe(201)
  const [ref] = (await lastReport()).attachments
  const kept = await fetched(pc, ref!.sha256)
  expect(sha256(kept)).toBe(ref!.sha256)
  expect(ref).toMatchObject({
    name: 'dari-hp.jpg',
    mime: 'image/jpeg',
    size: kept.length,
    width: 300,
    height: 400,
  })
  expect(ref!.sha256).not.toBe(sha256(sent))
  for (const word of ['TELEPON-UJI', 'Exif']) expect(kept.includes(word)).toBe(false)
  const { exif, orientation } = await new Transformer(kept).metadata(true)
  expect([exif ?? {}, orientation ?? 1]).toEqual([{}, 1])
  // Nothing at the hub holds what was sent.
  const folder = join(t.dataDir, 'attachments')
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  for (const file of files)
    expect(readFileSync(join(file.parentPath, file.name)).includes('TELEPON-UJI')).toBe(false)
})

test('many small pictures come in one answer; another office gets none of them', async () => {
  const refs: AttachmentRef[] = []
  for (const name of readdirSync(PRACTICE).slice(0, 4)) {
    expect((await send(readFileSync(join(PRACTICE, name)), name)).status).toBe(201)
    refs.push(...(await lastReport()).attachments)
  }
  const hashes = refs.map((ref) => ref.thumb!.sha256)
  const answer = await pc.call(`thumbnails?sha256=${[...hashes, 'f'.repeat(64)].join(',')}`)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, THUMBS_CONTENT_TYPE])
  const body = Buffer.from(await answer.arrayBuffer())
  const thumbs = unpackThumbs(body)!
  expect(thumbs.map((thumb) => thumb.sha256)).toEqual(hashes)
  for (const [i, { bytes, sha256: hash }] of thumbs.entries()) {
    expect(sha256(Buffer.from(bytes))).toBe(hash)
    expect(bytes.length).toBe(refs[i]!.thumb!.size)
    expect(bytes.length).toBeLessThanOrEqual(MAX_THUMB_BYTES)
    const { width, height } = pictureSize(Buffer.from(bytes), 'image/webp')!
    expect(Math.max(width, height)).toBeLessThanOrEqual(THUMB_SIDE)
  }
  // Cut off on the way: the whole ones count, the rest is asked for again.
  expect(unpackThumbs(body.subarray(0, body.length - 1))!.length).toBe(hashes.length - 1)
  expect(unpackThumbs(body.subarray(0, 20))).toBeNull()
  expect(unpackThumbs(Buffer.from('<html>\n'))).toBeNull()
  const theirs = await other.call(`thumbnails?sha256=${hashes.join(',')}`)
  expect(unpackThumbs(Buffer.from(await theirs.arrayBuffer()))).toEqual([])
  for (const bad of [
    '',
    '?sha256=',
    `?sha256=${'f,'.repeat(3)}`,
    `?sha256=${Array(41).fill('f'.repeat(64)).join(',')}`,
  ])
    expect((await pc.call(`thumbnails${bad}`)).status).toBe(400)
  expect((await fetch(`${t.url}/v1/thumbnails?sha256=${hashes[0]}`)).status).toBe(401)
})

test('whatever the picture, the small one fits in 12 KB', async () => {
  const hard = [
    noisePng(3_000_000),
    await jpeg(4000, 3000),
    noisePng(300),
    greyPng(1, 5000, Buffer.alloc(10_000)),
  ]
  for (const bytes of hard) {
    const mime = bytes[0] === 0xff ? 'image/jpeg' : 'image/png'
    const thumb = await pictures.thumb(bytes, mime)
    expect(thumb.bytes.length).toBeLessThanOrEqual(MAX_THUMB_BYTES)
    expect(Math.max(thumb.width, thumb.height)).toBeLessThanOrEqual(THUMB_SIDE)
  }
  // 16 bits a colour and transparency are pictures too.
  const deep = greyPng(40, 30, Buffer.alloc(30 * 81, 0), 16)
  expect(await pictures.thumb(deep, 'image/png')).toMatchObject({ width: 40, height: 30 })
  const large = await pictures.clean(await jpeg(5000, 1000), 'image/jpeg')
  expect(Math.max(large.width, large.height)).toBe(4096)
})

test('a picture that unpacks to gigabytes is refused by its header, before anything unpacks it', async () => {
  const bomb = bombPng(30_000)
  expect(bomb.length).toBeLessThan(200_000)
  const before = process.memoryUsage().rss
  const startedAt = performance.now()
  await expect(pictures.clean(bomb, 'image/png')).rejects.toMatchObject({ code: 'picture_too_large' })
  expect(performance.now() - startedAt).toBeLessThan(100)
  expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000)
  expect(await send(bomb)).toEqual({
    status: 400,
    body: [{ code: 400, description: 'media: Foto ini terlalu besar: paling banyak 40 megapiksel.' }],
  })
  const put = await pc.call(`attachments/${sha256(bomb)}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bomb),
  })
  expect([put.status, ((await put.json()) as { error: { code: string } }).error.code]).toEqual([
    413,
    'picture_too_large',
  ])
  expect((await pc.call(`attachments/${sha256(bomb)}`)).status).toBe(404)
  // A header that lies the other way finds a codec that believes its own eyes.
  const side = Math.floor(Math.sqrt(MAX_PIXELS)) - 1
  const jpegLie = await jpeg(64, 64)
  jpegLie.writeUInt16BE(side, jpegLie.indexOf(Buffer.from([0xff, 0xc0])) + 5)
  await pictures.thumb(jpegLie, 'image/jpeg').catch((error: unknown) => {
    expect(error).toMatchObject({ code: 'picture_unreadable' })
  })
})

test('hostile files are refused with a code and leave nothing behind', async () => {
  const good = await jpeg(64, 48)
  const hostile: [string, Buffer][] = [
    ['svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    [
      'html under a PNG signature',
      Buffer.concat([noisePng(10).subarray(0, 8), Buffer.from('<script>alert(1)</script>')]),
    ],
    ['exe called jpg', Buffer.from('MZ\x90\0 bukan foto')],
    ['cut off', good.subarray(0, 40)],
    ['only a header', Buffer.concat([noisePng(10).subarray(0, 33), pngChunk('IEND', Buffer.alloc(0))])],
    ['no size', greyPng(0, 10, Buffer.alloc(10))],
  ]
  const count = () => readdirSync(join(t.dataDir, 'attachments'), { recursive: true }).length
  const before = count()
  for (const [what, bytes] of hostile) {
    const { status, body } = await send(bytes)
    expect([what, status, body[0]!.description?.startsWith('media: ')]).toEqual([what, 400, true])
  }
  expect(count()).toBe(before)
})

test('400 pictures with changed bytes: each is refused with a code or is a picture; the hub stays', async () => {
  const base = [
    await jpeg(90, 60),
    noisePng(4000),
    (await pictures.thumb(await jpeg(90, 60), 'image/jpeg')).bytes,
  ]
  const mimes = ['image/jpeg', 'image/png', 'image/webp'] as const
  let state = 7
  const draw = (below: number) => (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) % below
  const outcomes = { made: 0, refused: 0 }
  for (let i = 0; i < 400; i++) {
    const bytes = Buffer.from(base[i % 3]!)
    for (let j = draw(12); j >= 0; j--) bytes[draw(bytes.length)] = draw(256)
    const cut = draw(5) === 0 ? bytes.subarray(0, draw(bytes.length)) : bytes
    try {
      const thumb = await pictures.thumb(cut, mimes[i % 3]!)
      expect(thumb.bytes.length).toBeLessThanOrEqual(MAX_THUMB_BYTES)
      outcomes.made++
    } catch (error) {
      expect((error as { code?: string }).code).toMatch(/^picture_/)
      outcomes.refused++
    }
  }
  expect(outcomes.made).toBeGreaterThan(20)
  expect(outcomes.refused).toBeGreaterThan(50)
})

// Verifies APPR-02: an approval names the hash of what the office attached.
test('an office’s photo keeps its bytes and its hash; the public’s copy has no metadata', async () => {
  const sent = asFromTelephone(await jpeg(200, 100))
  const number = await t.report({ description: 'untuk dijawab dengan foto' })
  const { clerk, supervisor } = PEOPLE
  const desk = await MiniDesk.at(t, 'PUPR', clerk.id, supervisor.id)
  await desk.sync()
  const { id } = desk.report(number)
  await pc.call(`attachments/${sha256(sent)}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(sent),
  })
  expect((await fetched(pc, sha256(sent))).equals(sent)).toBe(true)
  const file = { sha256: sha256(sent), mime: 'image/jpeg' as const, size: sent.length, name: 'sesudah.jpg' }
  await desk.act('report.verify', clerk.id, id, VERIFY)
  const claimed = { ...file, width: 7, height: 7, thumb: { sha256: 'f'.repeat(64), size: 1 } }
  const { replyId, hash, reportVersion } = await submitted(desk, id, claimed)
  await desk.act('reply.approve', supervisor.id, id, { replyId, hash, reportVersion })
  // What the desk claims of the picture does not count; what the hub made does.
  expect(desk.reply(replyId).state).toBe('published')
  expect(desk.reply(replyId).attachments[0]).toMatchObject({
    ...file,
    width: 100,
    height: 200,
    thumb: { size: expect.any(Number) as number },
  })
  const copy = Buffer.from(await (await fetch(`${t.url}/open311/v2/media/${sha256(sent)}`)).arrayBuffer())
  expect(copy.includes('TELEPON-UJI')).toBe(false)
  expect(pictureSize(copy, 'image/jpeg')).toEqual({ width: 100, height: 200 })
})

test('without the codec the hub says so, takes text and PDF, and refuses photos with a code', async () => {
  const before = t.log.length
  await t.restart({
    loadPictures: () => loadPictures(() => Promise.reject(new Error('no build for this computer'))),
  })
  expect(t.log.slice(before)).toContainEqual({
    event: 'pictures_unavailable',
    why: 'Error: no build for this computer',
  })
  expect(t.hub.takesPictures).toBe(false)
  expect(await (await fetch(`${t.url}/healthz`)).json()).toMatchObject({ ok: true, pictures: false })
  await t.report()
  const photo = await jpeg(64, 64)
  expect(await send(photo)).toEqual({
    status: 503,
    body: [
      { code: 503, description: 'media: Hub ini sedang tidak dapat memeriksa foto. Teks tetap diterima.' },
    ],
  })
  const put = await pc.call(`attachments/${sha256(photo)}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(photo),
  })
  expect([put.status, ((await put.json()) as { error: { code: string } }).error.code]).toEqual([
    503,
    'pictures_unavailable',
  ])
  await t.restart()
  expect((await send(photo)).status).toBe(201)
})

test('packing is the reverse of unpacking', () => {
  const thumbs = [
    { sha256: 'a'.repeat(64), bytes: Uint8Array.of(1, 10, 3) },
    { sha256: 'b'.repeat(64), bytes: Uint8Array.of(10) },
  ]
  expect(unpackThumbs(packThumbs(thumbs))).toEqual(thumbs)
  expect(unpackThumbs(packThumbs([]))).toEqual([])
})
