import { closeSync, existsSync, fsyncSync, openSync, readSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { AppError } from '@shared/ipc/errors.ts'
import { backupsOf, dayOf } from './backup.ts'
import { syncFolder, writeAll } from './durable.ts'
import { withStorageErrors } from './errors.ts'
import { openDb, suspect, type DeskDb } from './open.ts'

/**
 * Puts the newest copy that can be read to its last page in the place of a database that is not there any more. Null
 * without such a copy. The copies themselves stay as they are.
 */
export function restoreNewest(path: string, key: Uint8Array): { db: DeskDb; day: string } | null {
  for (const copy of backupsOf(path)) {
    putInPlace(copy, path)
    try {
      return { db: openDb({ path, key, create: false, keyProven: true }), day: dayOf(copy) }
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'db_corrupt') throw error
      withStorageErrors(() => removeDatabase(path))
    }
  }
  return null
}

function putInPlace(copy: string, path: string): void {
  withStorageErrors(() => {
    removeDatabase(path)
    const part = `${path}.part`
    copyFile(copy, part)
    // Before the name: whatever stands there is read to its last page before anyone works on it.
    suspect(path)
    renameSync(part, path)
    syncFolder(dirname(path))
  })
}

function copyFile(from: string, to: string): void {
  const source = openSync(from, 'r')
  const target = openSync(to, 'w', 0o600)
  try {
    const slice = Buffer.alloc(1024 * 1024)
    for (let at = 0, read = 0; (read = readSync(source, slice, 0, slice.length, at)) > 0; at += read)
      writeAll(target, slice.subarray(0, read), at)
    fsyncSync(target)
  } finally {
    closeSync(source)
    closeSync(target)
  }
}

function removeDatabase(path: string): void {
  // A log of another file must never be replayed into this one.
  for (const suffix of ['-wal', '-shm', '']) rmSync(`${path}${suffix}`, { force: true })
  if (existsSync(dirname(path))) syncFolder(dirname(path))
}
