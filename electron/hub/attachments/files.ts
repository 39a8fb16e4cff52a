import { createHash } from 'node:crypto'
import { createReadStream, mkdirSync, openSync, closeSync, fsyncSync } from 'node:fs'
import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { MAX_ATTACHMENT_BYTES, type AttachmentRef } from '@shared/domain/report.ts'
import { HubFault } from '../http/fault.ts'
import { sniff } from './sniff.ts'

/** A stored file. */
export interface StoredFile {
  sha256: string
  size: number
  mime: AttachmentRef['mime']
}

const placeOf = (dataDir: string, sha256: string) =>
  join(dataDir, 'attachments', 'sha256', sha256.slice(0, 2), sha256)

/**
 * Streams bytes to a temporary file, checks size, kind and (where given) hash, lets `examine` look, and only then gives
 * them their name: a file under its hash is whole or absent. Throws HubFault `too_large`, `unsupported_media`,
 * `hash_mismatch`, or what `examine` throws.
 */
export async function storeFile(
  dataDir: string,
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: {
    id: string
    expect?: string
    examine?: (file: StoredFile, read: () => Promise<Buffer>) => Promise<void>
  },
): Promise<StoredFile> {
  const temporary = join(dataDir, 'attachments', 'tmp', options.id)
  mkdirSync(dirname(temporary), { recursive: true })
  try {
    const { sha256, size, head } = await spool(temporary, bytes)
    const mime = sniff(head)
    if (options.expect && sha256 !== options.expect) throw new HubFault('hash_mismatch')
    if (!mime) throw new HubFault('unsupported_media')
    await options.examine?.({ sha256, size, mime }, () => readFile(temporary))
    const place = placeOf(dataDir, sha256)
    mkdirSync(dirname(place), { recursive: true })
    await rename(temporary, place)
    syncFolder(dirname(place))
    return { sha256, size, mime }
  } finally {
    await rm(temporary, { force: true })
  }
}

async function spool(file: string, bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
  const hash = createHash('sha256')
  const handle = await open(file, 'w', 0o600)
  let size = 0
  let head = Buffer.alloc(0)
  try {
    for await (const chunk of bytes) {
      size += chunk.length
      if (size > MAX_ATTACHMENT_BYTES) throw new HubFault('too_large', 'Berkas melebihi 10 MB.')
      if (head.length < 16) head = Buffer.concat([head, chunk]).subarray(0, 16)
      hash.update(chunk)
      await handle.writeFile(chunk)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { sha256: hash.digest('hex'), size, head }
}

/** Makes the rename itself durable; Windows has no such call and needs none. */
function syncFolder(dir: string): void {
  if (process.platform === 'win32') return
  const fd = openSync(dir, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Bytes `from`–`to` (inclusive) of a stored file. Throws HubFault `not_found`. */
export async function openFile(dataDir: string, sha256: string, range: { from: number; to: number }) {
  const place = placeOf(dataDir, sha256)
  await stat(place).catch(() => {
    throw new HubFault('not_found')
  })
  return createReadStream(place, { start: range.from, end: range.to })
}

/** All of a stored file. Throws HubFault `not_found`. */
export const readWhole = (dataDir: string, sha256: string): Promise<Buffer> =>
  readFile(placeOf(dataDir, sha256)).catch(() => {
    throw new HubFault('not_found')
  })
