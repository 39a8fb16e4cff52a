import { AppError } from '@shared/ipc/errors.ts'
import { TUS_VERSION } from '@shared/sync/exchange.ts'
import { unpackThumbs, type Thumb } from '@shared/sync/thumbnails.ts'
import type { FetchAnswer, FetchRequest } from '../host.ts'
import { judge, judgeFile, judgeOffset } from './judge.ts'
import { bytesIn, type Pace } from './pace.ts'
import { z } from 'zod'

/** Files up to this go in one request: a resumable upload costs two more round trips. */
export const WHOLE_UPLOAD_BYTES = 131_072
/** A chunk takes about this long, and lies within these bounds. */
const CHUNK_SECONDS = 8
const CHUNK = { least: 65_536, most: 1_048_576, unknown: 131_072 }
/** Times an upload may find the hub elsewhere than thought before it is given up for now. */
const MISMATCHES = 3

/** One call with the device's token. */
export type Call = (
  method: FetchRequest['method'],
  url: string,
  sent?: { bytes?: Uint8Array; headers?: Record<string, string>; workMs?: number },
) => Promise<FetchAnswer>

/** Uploads a file: small ones whole, larger ones (and any the hub may have) by tus 1.0 from wherever the hub already is (P21). */
export async function uploadFile(
  call: Call,
  base: string,
  pace: () => Pace,
  sha256: string,
  bytes: Uint8Array,
  mayBeThere = false,
): Promise<void> {
  const byParts = mayBeThere || bytes.length > WHOLE_UPLOAD_BYTES
  const begun = byParts ? await beginUpload(call, base, sha256, bytes.length) : null
  if (begun === null) {
    const url = `${base}/v1/attachments/${sha256}`
    judge(await call('PUT', url, { bytes }), url, z.unknown())
    return
  }
  const url = `${base}/v1/uploads/${sha256}`
  let at = begun
  for (let mismatches = 0; at < bytes.length;) {
    const size = bytesIn(pace().upBps, CHUNK_SECONDS, CHUNK)
    const headers = { ...TUS, 'upload-offset': String(at), 'content-type': 'application/offset+octet-stream' }
    const answer = await call('PATCH', url, { bytes: bytes.subarray(at, at + size), headers })
    const next = judgeOffset(answer, url)
    if (next === 'elsewhere') {
      if (++mismatches > MISMATCHES) throw new AppError('hub_error', 'the upload never fits')
      at = (await askOffset(call, url)) ?? (await beginUpload(call, base, sha256, bytes.length)) ?? 0
    } else at = next
  }
}

const TUS = { 'tus-resumable': TUS_VERSION }

/** Where the hub is in this upload, begun if need be; null when it knows no resumable uploads. */
async function beginUpload(call: Call, base: string, sha256: string, size: number): Promise<number | null> {
  const known = await askOffset(call, `${base}/v1/uploads/${sha256}`)
  if (known !== null) return known
  const metadata = `sha256 ${Buffer.from(sha256).toString('base64')}`
  const headers = { ...TUS, 'upload-length': String(size), 'upload-metadata': metadata }
  const url = `${base}/v1/uploads`
  const answer = await call('POST', url, { headers })
  // An older hub has no such place.
  if (answer.status === 404) return null
  const offset = judgeOffset(answer, url)
  return offset === 'elsewhere' ? askOffset(call, `${url}/${sha256}`) : offset
}

async function askOffset(call: Call, url: string): Promise<number | null> {
  const answer = await call('HEAD', url, { headers: TUS })
  if (answer.status === 404 && answer.headers['x-hub-id']) return null
  const offset = judgeOffset(answer, url)
  return offset === 'elsewhere' ? null : offset
}

/** Small pictures in one answer. */
export async function downloadThumbs(call: Call, base: string, hashes: readonly string[]): Promise<Thumb[]> {
  const url = `${base}/v1/thumbnails?sha256=${hashes.join(',')}`
  const thumbs = unpackThumbs(judgeFile(await call('GET', url), url))
  if (!thumbs) throw new AppError('hub_unreachable', 'small pictures unreadable or cut off')
  return thumbs
}

/** A piece of a file; `from` is where it begins (0 when the hub sent all of it), `total` the whole file's size. */
export interface FilePart {
  from: number
  bytes: Uint8Array
  total: number
}

/** Bytes `from` up to (not including) `to` of a file, only if it is still the same one. */
export async function downloadPart(
  call: Call,
  base: string,
  sha256: string,
  from: number,
  to: number,
): Promise<FilePart> {
  const url = `${base}/v1/attachments/${sha256}`
  const headers = { range: `bytes=${from}-${to - 1}`, 'if-range': `"${sha256}"` }
  const answer = await call('GET', url, { headers })
  // Beyond the end: an earlier start had the last byte and died before it could look at the whole.
  const end = /^bytes \*\/(\d{1,12})$/.exec(answer.headers['content-range'] ?? '')
  if (answer.status === 416 && end && answer.headers['x-hub-id'])
    return { from, bytes: new Uint8Array(), total: Number(end[1]) }
  const bytes = judgeFile(answer, url)
  if (answer.status === 200) return { from: 0, bytes, total: bytes.length }
  const match = /^bytes (\d{1,12})-(\d{1,12})\/(\d{1,12})$/.exec(answer.headers['content-range'] ?? '')
  const [first, last, total] = (match ?? []).slice(1).map(Number)
  if (first !== from || total === undefined || last === undefined || last - first + 1 !== bytes.length)
    throw new AppError('hub_unreachable', 'another range than asked for, or cut off')
  return { from, bytes, total }
}
