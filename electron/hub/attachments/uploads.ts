import { createReadStream, mkdirSync, readdirSync, statSync } from 'node:fs'
import { open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MAX_ATTACHMENT_BYTES } from '@shared/domain/report.ts'
import { HubFault } from '../http/fault.ts'

/** An unfinished upload: one per device and file, so that two PCs never write into each other's. */
export interface Upload {
  deviceId: string
  sha256: string
}

/** Unfinished uploads a device may have, and how long one may rest. */
const MOST = 20
const KEEP_MS = 14 * 86_400_000

const folderOf = (dataDir: string) => join(dataDir, 'attachments', 'uploads')
const pathOf = (dataDir: string, { deviceId, sha256 }: Upload) =>
  join(folderOf(dataDir), `${deviceId}.${sha256}`)
/** Uploads being written to: a second request for the same one must not interleave. */
const busy = new Set<string>()

/** Begins an upload of `length` bytes; one that exists already goes on. Throws HubFault too_large or too_many_tries. */
export async function beginUpload(dataDir: string, upload: Upload, length: number): Promise<void> {
  if (!(length > 0)) throw new HubFault('bad_request')
  if (length > MAX_ATTACHMENT_BYTES) throw new HubFault('too_large', 'Berkas melebihi 10 MB.')
  mkdirSync(folderOf(dataDir), { recursive: true })
  const path = pathOf(dataDir, upload)
  if ((await readLength(path)) === length) return
  const mine = readdirSync(folderOf(dataDir)).filter((name) => name.startsWith(`${upload.deviceId}.`))
  if (mine.length >= MOST * 2) throw new HubFault('too_many_tries')
  await rm(path, { force: true })
  await writeFile(`${path}.length`, String(length), { mode: 0o600 })
}

/** How far an upload is; null when it was never begun, or is done. */
export async function uploadOffset(
  dataDir: string,
  upload: Upload,
): Promise<{ offset: number; length: number } | null> {
  const path = pathOf(dataDir, upload)
  const length = await readLength(path)
  return length === null ? null : { offset: await sizeOf(path), length }
}

/**
 * Appends a chunk at `offset`; what arrived of a chunk that was cut off stays and counts. The last byte checks the whole
 * and has `file` take it in. Throws HubFault not_found, offset_mismatch, too_large, or what `file` throws.
 */
export async function appendUpload<T>(
  dataDir: string,
  upload: Upload,
  offset: number,
  bytes: AsyncIterable<Uint8Array>,
  file: (whole: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<{ offset: number; filed: T | null }> {
  const path = pathOf(dataDir, upload)
  if (busy.has(path)) throw new HubFault('offset_mismatch')
  busy.add(path)
  try {
    const known = await uploadOffset(dataDir, upload)
    if (!known) throw new HubFault('not_found')
    if (known.offset !== offset) throw new HubFault('offset_mismatch')
    const reached = await append(path, offset, known.length, bytes)
    if (reached < known.length) return { offset: reached, filed: null }
    try {
      return { offset: reached, filed: await file(createReadStream(path)) }
    } finally {
      // Whole and filed, or not what it claimed to be: either way there is nothing to go on with.
      await forget(path)
    }
  } finally {
    busy.delete(path)
  }
}

async function append(path: string, offset: number, length: number, bytes: AsyncIterable<Uint8Array>) {
  const handle = await open(path, offset === 0 ? 'w' : 'r+', 0o600)
  let at = offset
  try {
    for await (const chunk of bytes) {
      if (at + chunk.length > length) throw new HubFault('too_large')
      await handle.write(chunk, 0, chunk.length, at)
      at += chunk.length
    }
  } catch (error) {
    // The sender went away: what came is worth keeping.
    if (error instanceof HubFault) throw error
  } finally {
    await handle.sync()
    await handle.close()
  }
  return at
}

/** Removes uploads that nobody went on with; answers how many. */
export async function forgetUploads(dataDir: string, now: number): Promise<number> {
  mkdirSync(folderOf(dataDir), { recursive: true })
  let gone = 0
  for (const name of readdirSync(folderOf(dataDir)).filter((one) => !one.endsWith('.length'))) {
    const path = join(folderOf(dataDir), name)
    if (busy.has(path) || now - statSync(path).mtimeMs < KEEP_MS) continue
    await forget(path)
    gone++
  }
  return gone
}

async function forget(path: string): Promise<void> {
  await rm(`${path}.length`, { force: true })
  await rm(path, { force: true })
}

async function readLength(path: string): Promise<number | null> {
  const text = await readFile(`${path}.length`, 'utf8').catch(() => null)
  return text !== null && /^\d{1,12}$/.test(text) ? Number(text) : null
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  )
