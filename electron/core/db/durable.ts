import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Makes created, renamed and removed names of a folder outlast a power cut; without it only a file's bytes do. */
export function syncFolder(folder: string): void {
  // Windows cannot open a folder; there the rename is journalled by NTFS.
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Makes a written file's bytes outlast a power cut. */
export function syncFile(path: string): void {
  const handle = openSync(path, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Writes all of `bytes` at `at`: one call may write less than it was given. */
export function writeAll(file: number, bytes: Uint8Array, at: number): void {
  for (let done = 0; done < bytes.length;)
    done += writeSync(file, bytes, done, bytes.length - done, at + done)
}

/**
 * Puts a file in place so that after a power cut it is the old one (or none) or the new one, whole; readable only by its
 * owner. Throws the file system's errors and leaves nothing half behind.
 */
export function replaceFile(path: string, bytes: Uint8Array): void {
  const part = `${path}.part`
  try {
    const file = openSync(part, 'w', 0o600)
    try {
      writeAll(file, bytes, 0)
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
}
