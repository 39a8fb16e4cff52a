import { closeSync, existsSync, fsyncSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFile, syncFolder, writeAll } from './durable.ts'

/**
 * The cipher keeps its salt in the first bytes of the file, in the sector that every checkpoint writes. A power cut may
 * leave anything in a sector that was being written: SQLite has its old content in the log, but without the salt nothing,
 * not even the log, can be read. So the salt (no secret) lies in a file of its own too.
 */
const SALT_BYTES = 16

/** Where a database's salt is kept a second time. */
export const saltPath = (path: string): string => `${path}.salt`

/** Keeps the salt of a database that has just been opened. */
export function rememberSalt(path: string): void {
  const salt = saltOf(path)
  if (!salt || (existsSync(saltPath(path)) && readFileSync(saltPath(path)).equals(salt))) return
  writeFileSync(saltPath(path), salt)
  syncFile(saltPath(path))
  syncFolder(dirname(path))
}

/** Puts the kept salt back; answers how to undo it, or null when there is none or it stands there already. */
export function healSalt(path: string): (() => void) | null {
  const found = saltOf(path)
  const kept = existsSync(saltPath(path)) ? readFileSync(saltPath(path)) : null
  if (!found || kept?.length !== SALT_BYTES || kept.equals(found)) return null
  write(path, kept)
  return () => write(path, found)
}

function saltOf(path: string): Buffer | null {
  const file = openSync(path, 'r')
  try {
    const salt = Buffer.alloc(SALT_BYTES)
    return readSync(file, salt, 0, SALT_BYTES, 0) === SALT_BYTES ? salt : null
  } finally {
    closeSync(file)
  }
}

function write(path: string, salt: Uint8Array): void {
  const file = openSync(path, 'r+')
  try {
    writeAll(file, salt, 0)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
