import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
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
  const part = `${path}.part`
  withStorageErrors(() => {
    mkdirSync(dirname(path), { recursive: true })
    try {
      const file = openSync(part, 'w', 0o600)
      try {
        const sealed = seal(plain, key, nonce, sha256)
        for (let at = 0; at < sealed.length;) at += writeSync(file, sealed, at)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      renameSync(part, path)
    } catch (error) {
      rmSync(part, { force: true })
      throw error
    }
    syncFolder(dirname(path))
  })
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

/** Removes the ciphertext; no error when it is gone already. */
export function removeSealed(dataDir: string, sha256: string): void {
  withStorageErrors(() => rmSync(sealedPath(dataDir, sha256), { force: true }))
}

function syncFolder(folder: string): void {
  // Windows cannot open a folder; there the rename is journalled by NTFS.
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
