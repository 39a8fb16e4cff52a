import { z } from 'zod'
import { MAX_THUMB_BYTES } from '../domain/report.ts'
import { Sha256 } from '../domain/ids.ts'

/** Small pictures asked for in one request: `GET /v1/thumbnails?sha256=HASH,HASH,…`. */
export const MAX_THUMBS = 40

/** First line of the answer, as JSON: what follows it, one after another, without anything between. */
const Index = z
  .array(z.object({ sha256: Sha256, size: z.int().positive().max(MAX_THUMB_BYTES) }))
  .max(MAX_THUMBS)

/** A small picture by the hash of its bytes. */
export interface Thumb {
  sha256: string
  bytes: Uint8Array
}

/** Small pictures as one body: an index line, then their bytes. */
export function packThumbs(thumbs: readonly Thumb[]): Uint8Array {
  const index = thumbs.map(({ sha256, bytes }) => ({ sha256, size: bytes.length }))
  // The index is ASCII: hashes and numbers.
  const head = Uint8Array.from(`${JSON.stringify(index)}\n`, (letter) => letter.charCodeAt(0))
  const packed = new Uint8Array(head.length + thumbs.reduce((sum, { bytes }) => sum + bytes.length, 0))
  packed.set(head)
  let at = head.length
  for (const { bytes } of thumbs) {
    packed.set(bytes, at)
    at += bytes.length
  }
  return packed
}

/** The reverse; null for anything else. A body that was cut off gives the pictures that are whole. */
export function unpackThumbs(packed: Uint8Array): Thumb[] | null {
  const end = packed.indexOf(10)
  if (end < 0) return null
  const index = Index.safeParse(jsonOf(packed.subarray(0, end)))
  if (!index.success) return null
  const thumbs: Thumb[] = []
  let at = end + 1
  for (const { sha256, size } of index.data) {
    if (at + size > packed.length) break
    thumbs.push({ sha256, bytes: packed.slice(at, at + size) })
    at += size
  }
  return thumbs
}

/** An index of this many bytes names more pictures than are ever asked for. */
const LONGEST_INDEX = 8192

function jsonOf(bytes: Uint8Array): unknown {
  if (bytes.length > LONGEST_INDEX) return null
  try {
    return JSON.parse(String.fromCharCode(...bytes)) as unknown
  } catch {
    return null
  }
}
