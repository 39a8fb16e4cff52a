import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { replaceFile, syncFolder } from '../db/durable.ts'
import { withStorageErrors } from '../db/errors.ts'
import { seal, unseal } from './seal.ts'

/** Where the ciphertext of a content hash lies, below the data folder. */
export const sealedPath = (dataDir: string, sha256: string): string =>
  join(dataDir, 'lampiran', sha256.slice(0, 2), sha256)

/**
 * Writes the ciphertext so that after a power cut the file is whole or absent: temporary file, fsync, rename, fsync
 * of the folder. Throws AppError disk_full or folder_not_writable.
 */
export function writeSealed(
  dataDir: string,
  sha256: string,
  plain: Uint8Array,
  key: Uint8Array,
  nonce: Uint8Array,
): void {
  const path = sealedPath(dataDir, sha256)
  withStorageErrors(() => {
    makeFolder(dirname(path))
    replaceFile(path, seal(plain, key, nonce, sha256))
  })
}

/** Makes a folder that outlasts a power cut: a new one's own name has to be flushed too, or all in it goes with it. */
export function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true })
  if (first === undefined) return
  for (let made = folder; made.length >= first.length; made = dirname(made)) syncFolder(dirname(made))
}

/** The plain bytes, or null when the file is missing, damaged or sealed with another key. */
export function readSealed(dataDir: string, sha256: string, key: Uint8Array): Uint8Array | null {
  const path = sealedPath(dataDir, sha256)
  if (!existsSync(path)) return null
  return unseal(
    withStorageErrors(() => readFileSync(path)),
    key,
    sha256,
  )
}

/** Where a file that is still coming lies, encrypted like everything else (archive/part-file). */
export const partPath = (dataDir: string, sha256: string): string => `${sealedPath(dataDir, sha256)}.unduh`

/** Removes the ciphertext, whole or still coming; no error when it is gone already. */
export function removeSealed(dataDir: string, sha256: string): void {
  withStorageErrors(() => {
    rmSync(sealedPath(dataDir, sha256), { force: true })
    rmSync(partPath(dataDir, sha256), { force: true })
  })
}
