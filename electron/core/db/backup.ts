import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { DeskDb } from './desk-db.ts'
import { withStorageErrors } from './errors.ts'

/** Daily copies that are kept. */
export const KEPT_BACKUPS = 3

/** Writes a consistent copy under the same key; an older file of that name is replaced only by a complete one. */
export function copyTo(db: DeskDb, target: string): void {
  const part = `${target}.part`
  withStorageErrors(() => {
    rmSync(part, { force: true })
    db.run('VACUUM INTO ?', part)
    renameSync(part, target)
  })
}

/** Makes the day's copy unless there is one, and drops the oldest beyond three. `day` is `YYYY-MM-DD`. */
export function backupDaily(db: DeskDb, day: string): boolean {
  const target = `${db.path}.backup-${day}`
  if (existsSync(target)) return false
  copyTo(db, target)
  for (const old of backupsOf(db.path).slice(KEPT_BACKUPS)) rmSync(old, { force: true })
  return true
}

/** Copies of a database, newest first. */
export function backupsOf(path: string): string[] {
  const prefix = `${basename(path)}.backup-`
  const isCopy = (name: string) => name.startsWith(prefix) && !name.endsWith('.part')
  return readdirSync(dirname(path))
    .filter(isCopy)
    .sort()
    .toReversed()
    .map((name) => join(dirname(path), name))
}
