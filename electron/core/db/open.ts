import type Database from 'better-sqlite3'
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { AppError } from '@shared/ipc/errors.ts'
import { DeskDb } from './desk-db.ts'
import { syncFolder } from './durable.ts'
import { storageError, withStorageErrors } from './errors.ts'
import { copyTo } from './backup.ts'
import { openKeyed } from './keyed.ts'
import { migrate, MIGRATIONS } from './migrate.ts'

export type { DeskDb, SqlValue } from './desk-db.ts'

export interface OpenOptions {
  path: string
  /** Raw 256-bit key. */
  key: Uint8Array
  /** Makes a new database when the file is missing; otherwise a missing file is `db_corrupt`. */
  create: boolean
  /** The key was authenticated elsewhere, so an unreadable first page means damage and not a wrong key. */
  keyProven?: boolean
}

/**
 * Opens the encrypted database, checks it after an unclean end, and migrates it. Throws AppError wrong_key, db_corrupt,
 * db_busy, db_from_future, disk_full or folder_not_writable; never replaces a file that it cannot read.
 */
export function openDb({ path, key, create, keyProven = false }: OpenOptions): DeskDb {
  guardBinding()
  const exists = existsSync(path) && statSync(path).size > 0
  if (!exists && !create) throw new AppError('db_corrupt', 'the database file is missing')
  const handle = connect(path, key, keyProven)
  try {
    const db = new DeskDb(handle)
    if (wasUnclean(path)) quickCheck(db, depthOf(path))
    const version = db.pragma('user_version') as number
    if (version > 0 && version < MIGRATIONS.length) copyTo(db, `${path}.before-${MIGRATIONS.length}`)
    migrate(db)
    suspect(path)
    return db
  } catch (error) {
    handle.close()
    throw storageError(error)
  }
}

/**
 * Closes, and records a clean end. Never throws: on a full disk or a damaged file the record is left out, and the next
 * start looks at every page. Safe to call twice.
 */
export function closeDb(db: DeskDb): void {
  if (!db.open) return
  try {
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.close()
    rmSync(marker(db.path), { force: true })
  } catch {
    db.close()
  }
}

/** `full` also compares every index with its table; needed where damage was seen that the pages alone do not show. */
type Depth = 'quick' | 'full'

/** Reads every page (each is authenticated by the cipher). Throws `db_corrupt`. */
export function quickCheck(db: DeskDb, depth: Depth = 'quick'): void {
  const result = db.pragma(depth === 'full' ? 'integrity_check(1)' : 'quick_check(1)')
  if (result !== 'ok') throw new AppError('db_corrupt', String(result))
}

/** Whether the last end was a crash, a power cut, or damage seen while working. */
export const wasUnclean = (path: string): boolean => existsSync(marker(path))

/** Stands beside the database while it is open; left behind by a crash or a power cut. */
const marker = (path: string) => `${path}.open`

const depthOf = (path: string): Depth => (readFileSync(marker(path), 'utf8') === 'full' ? 'full' : 'quick')

/** Lets the next opening look at every page. */
export function suspect(path: string, depth: Depth = 'quick'): void {
  withStorageErrors(() => {
    const file = openSync(marker(path), 'w')
    if (depth === 'full') writeSync(file, depth)
    fsyncSync(file)
    closeSync(file)
    syncFolder(dirname(path))
  })
}

function connect(path: string, key: Uint8Array, keyProven: boolean): Database.Database {
  const handle = withStorageErrors(() => openKeyed(path, key, { timeout: 2000 }))
  try {
    prepare(handle, keyProven)
    return handle
  } catch (error) {
    handle.close()
    throw storageError(error)
  }
}

function prepare(handle: Database.Database, keyProven: boolean): void {
  try {
    handle.prepare('SELECT count(*) FROM sqlite_schema').get()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_NOTADB')
      throw new AppError(keyProven ? 'db_corrupt' : 'wrong_key', error.message)
    throw error
  }
  handle.pragma('temp_store = MEMORY')
  handle.pragma('secure_delete = ON')
  handle.pragma('journal_mode = WAL')
  // WAL's default (NORMAL) loses acknowledged commits in a power cut.
  handle.pragma('synchronous = FULL')
  handle.pragma('foreign_keys = ON')
  handle.pragma('trusted_schema = OFF')
  handle.pragma('cache_size = -32768')
  // More: a page that changes in every transaction of a long pull would be brought home each time. Much more: bringing
  // them home would hold up the transaction that does it (24 of 1,149 took 27-34 ms of work at 4,000).
  handle.pragma('wal_autocheckpoint = 1500')
}

function guardBinding(): void {
  // The packaged binding needs Node-API 10; on an older runtime it ends the process without a word.
  if (Number(process.versions.napi) < 10 && !process.env.APP_SQLITE_BINDING)
    throw new Error('this runtime needs APP_SQLITE_BINDING: start the app with npm start')
}
