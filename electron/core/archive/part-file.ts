import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createCipheriv } from 'node:crypto'
import { dirname } from 'node:path'
import { syncFolder, writeAll } from '../db/durable.ts'
import { withStorageErrors } from '../db/errors.ts'
import { makeFolder, partPath } from './sealed-files.ts'

const BLOCK = 16

/** Bytes of it that are here. */
export function partLength(dataDir: string, sha256: string): number {
  const path = partPath(dataDir, sha256)
  return existsSync(path) ? withStorageErrors(() => statSync(path).size) : 0
}

/**
 * Writes a piece at its place and makes it durable before it counts (P21). AES-256-CTR: any byte can be written without
 * the ones before it; what protects the content is its hash, checked when it is whole. The key serves this file alone.
 */
export function writePart(
  dataDir: string,
  sha256: string,
  key: Uint8Array,
  at: number,
  bytes: Uint8Array,
): void {
  const path = partPath(dataDir, sha256)
  withStorageErrors(() => {
    // Whole files lie there too, and take for granted that the folder's name is on the disk.
    makeFolder(dirname(path))
    const fresh = !existsSync(path)
    const file = openSync(path, fresh ? 'wx+' : 'r+', 0o600)
    try {
      if (fstatSync(file).size > at) ftruncateSync(file, at)
      writeAll(file, crypt(key, at, bytes), at)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    if (fresh) syncFolder(dirname(path))
  })
}

/** Everything that is here, in the clear; null when there is nothing. */
export function readPart(dataDir: string, sha256: string, key: Uint8Array): Uint8Array | null {
  const path = partPath(dataDir, sha256)
  if (!existsSync(path)) return null
  return crypt(
    key,
    0,
    withStorageErrors(() => readFileSync(path)),
  )
}

/** Forgets a file that is whole, damaged or not wanted any more. */
export function dropPart(dataDir: string, sha256: string): void {
  withStorageErrors(() => rmSync(partPath(dataDir, sha256), { force: true }))
}

/** The key stream from byte `at` on, laid over the bytes; the same both ways. */
function crypt(key: Uint8Array, at: number, bytes: Uint8Array): Uint8Array {
  const counter = Buffer.alloc(BLOCK)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / BLOCK)), 8)
  const stream = createCipheriv('aes-256-ctr', key, counter)
  stream.update(Buffer.alloc(at % BLOCK))
  return stream.update(bytes)
}
