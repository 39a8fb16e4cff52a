import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'

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
