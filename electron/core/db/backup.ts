import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { AppError } from '@shared/ipc/errors.ts'
import type { DeskDb } from './desk-db.ts'
import { syncFile, syncFolder } from './durable.ts'
import { withStorageErrors } from './errors.ts'
import { getMeta, setMeta } from './meta.ts'

/** Daily copies that are kept. */
export const KEPT_BACKUPS = 3

/** A kept copy and how far the journal had come when it was made. */
export interface BackupMark {
  day: string
  seq: number
}

/**
 * Writes a consistent copy under the same key; an older file of that name is replaced only by one that was opened,
 * read to its last page and found equal. Throws AppError disk_full or db_corrupt.
 */
export function copyTo(db: DeskDb, target: string): void {
  const part = `${target}.part`
  withStorageErrors(() => {
    rmSync(part, { force: true })
    try {
      db.vacuumInto(part)
      verify(db, part)
      syncFile(part)
    } catch (error) {
      rmSync(part, { force: true })
      throw error
    }
    renameSync(part, target)
    syncFolder(dirname(target))
  })
}

/** A copy that nobody has opened is a hope. Every page is authenticated on the way. */
function verify(db: DeskDb, part: string): void {
  db.withFile(part, () => {
    const found = db.pragma('copy.quick_check(1)')
    if (found !== 'ok') throw new AppError('db_corrupt', `the copy: ${String(found)}`)
    for (const fact of FACTS) {
      const [own, copied] = ['main', 'copy'].map((schema) =>
        db.get<{ fact: unknown }>(fact.replaceAll('{}', schema)),
      )
      if (own?.fact !== copied?.fact) throw new AppError('db_corrupt', 'the copy differs')
    }
  })
}

const FACTS = [
  `SELECT count(*) || '/' || ifnull(max(n), 0) AS fact FROM {}.outbox`,
  `SELECT count(*) AS fact FROM {}.drafts`,
  `SELECT count(*) AS fact FROM {}.letters`,
  `SELECT count(*) || '/' || ifnull(max(hash), '') AS fact FROM {}.audit WHERE n = (SELECT max(n) FROM {}.audit)`,
  `SELECT group_concat(key || '=' || value) AS fact FROM (SELECT key, value FROM {}.meta ORDER BY key)`,
]

/** Makes the day's copy unless there is one, and drops the oldest beyond three. `day` is `YYYY-MM-DD`. */
export function backupDaily(db: DeskDb, day: string): boolean {
  const target = `${db.path}.backup-${day}`
  if (existsSync(target)) return false
  const seq = Number(getMeta(db, 'journal_seq') ?? 0)
  // The copy is made from tables alone: damage in an index would go unnoticed for as long as nobody uses it.
  const found = db.pragma('quick_check(1)')
  if (found !== 'ok') throw new AppError('db_corrupt', String(found))
  copyTo(db, target)
  for (const old of backupsOf(db.path).slice(KEPT_BACKUPS)) rmSync(old, { force: true })
  const kept = backupsOf(db.path).map(dayOf)
  // After the files: a crash between leaves older marks, and the journal keeps more than it must.
  const marks = [...backupMarks(db), { day, seq }].filter((mark) => kept.includes(mark.day))
  setMeta(db, 'backup_marks', JSON.stringify(marks))
  return true
}

/** The kept copies, oldest first. */
export function backupMarks(db: DeskDb): BackupMark[] {
  return JSON.parse(getMeta(db, 'backup_marks') ?? '[]') as BackupMark[]
}

/** The day a copy's name says, `YYYY-MM-DD`. */
export const dayOf = (copy: string): string => copy.slice(-10)

/** Copies of a database, newest first. */
export function backupsOf(path: string): string[] {
  const prefix = `${basename(path)}.backup-`
  const isCopy = (name: string) =>
    name.startsWith(prefix) && !/\.part|-wal$|-shm$|-journal$|\.open$/.test(name)
  return readdirSync(dirname(path))
    .filter(isCopy)
    .sort()
    .toReversed()
    .map((name) => join(dirname(path), name))
}
