import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { AppError } from '@shared/ipc/errors.ts'
import { backupDaily, backupsOf } from '../../../electron/core/db/backup.ts'
import { MIGRATIONS, migrate } from '../../../electron/core/db/migrate.ts'
import { closeDb, openDb } from '../../../electron/core/db/open.ts'
import { TEST_KEY, testFolder } from '../make-desk.ts'

const fresh = () => {
  const path = join(testFolder(), 'desk.db')
  return { path, db: openDb({ path, key: TEST_KEY, create: true }) }
}
const codeOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    return error instanceof AppError ? error.code : String(error)
  }
  return 'ok'
}

test('the file is encrypted and every durability setting is on', () => {
  const { path, db } = fresh()
  db.run('INSERT INTO meta (key, value) VALUES (?, ?)', 'x', 'KANARI-1234567890123456')
  const pragmas = [
    'journal_mode',
    'synchronous',
    'secure_delete',
    'temp_store',
    'foreign_keys',
    'trusted_schema',
  ]
  expect(Object.fromEntries(pragmas.map((name) => [name, db.pragma(name)]))).toEqual({
    journal_mode: 'wal',
    synchronous: 2,
    secure_delete: 1,
    temp_store: 2,
    foreign_keys: 1,
    trusted_schema: 0,
  })
  expect(existsSync(`${path}.open`)).toBe(true)
  closeDb(db)
  expect(existsSync(`${path}.open`)).toBe(false)
  const bytes = readFileSync(path)
  expect(bytes.subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3')
  expect(bytes.includes('KANARI')).toBe(false)
})

test('a wrong key is refused and changes nothing', () => {
  const { path, db } = fresh()
  closeDb(db)
  const before = readFileSync(path)
  const other = new Uint8Array(32).fill(9)
  expect(codeOf(() => openDb({ path, key: other, create: true }))).toBe('wrong_key')
  expect(codeOf(() => openDb({ path, key: other, create: true, keyProven: true }))).toBe('db_corrupt')
  expect(readFileSync(path).equals(before)).toBe(true)
})

test('a missing, damaged or newer file is named as such', () => {
  const folder = testFolder()
  expect(codeOf(() => openDb({ path: join(folder, 'none.db'), key: TEST_KEY, create: false }))).toBe(
    'db_corrupt',
  )
  const { path, db } = fresh()
  db.tx(() => {
    for (let i = 0; i < 2000; i++)
      db.run('INSERT INTO meta (key, value) VALUES (?, ?)', `k${i}`, 'x'.repeat(200))
  })
  closeDb(db)
  const bytes = readFileSync(path)
  bytes.fill(0x55, bytes.length - 8192, bytes.length - 100)
  writeFileSync(path, bytes)
  // The marker says that the last end was not clean, so every page is read before anyone works.
  writeFileSync(`${path}.open`, '')
  expect(codeOf(() => openDb({ path, key: TEST_KEY, create: false, keyProven: true }))).toBe('db_corrupt')

  const newer = fresh()
  newer.db.pragma(`user_version = ${MIGRATIONS.length + 1}`)
  closeDb(newer.db)
  expect(codeOf(() => openDb({ path: newer.path, key: TEST_KEY, create: false }))).toBe('db_from_future')
})

test('a first sector that a power cut left as anything is read out of the log', () => {
  const { path, db } = fresh()
  closeDb(db)
  const first = openDb({ path, key: TEST_KEY, create: false, keyProven: true })
  first.run('INSERT INTO meta (key, value) VALUES (?, ?)', 'x', '1')
  first.exec('CREATE TABLE touches_page_one (x INTEGER) STRICT')
  // A checkpoint under way: its pages are in the log, the first of them is half in the file.
  const [bytes, wal] = [readFileSync(path), readFileSync(`${path}-wal`)]
  closeDb(first)
  bytes.fill(0xa5, 0, 512)
  writeFileSync(path, bytes)
  writeFileSync(`${path}-wal`, wal)
  writeFileSync(`${path}.open`, '')
  const again = openDb({ path, key: TEST_KEY, create: false, keyProven: true })
  expect(again.get('SELECT value FROM meta WHERE key = ?', 'x')).toEqual({ value: '1' })
  closeDb(again)
  // Where the log does not help, nothing is written over what was found.
  writeFileSync(path, bytes)
  expect(codeOf(() => openDb({ path, key: TEST_KEY, create: false, keyProven: true }))).toBe('db_corrupt')
  expect(readFileSync(path).equals(bytes)).toBe(true)
})

test('a second program on the same file makes writing busy, not wrong', () => {
  const { path, db } = fresh()
  const other = openDb({ path, key: TEST_KEY, create: false })
  other.pragma('busy_timeout = 10')
  db.exec('BEGIN IMMEDIATE')
  expect(codeOf(() => other.run('INSERT INTO meta (key, value) VALUES (?, ?)', 'x', '1'))).toBe('db_busy')
  db.exec('ROLLBACK')
  closeDb(other)
  closeDb(db)
})

test('a full disk refuses the act and keeps what was saved', () => {
  const { path, db } = fresh()
  db.run('INSERT INTO meta (key, value) VALUES (?, ?)', 'kept', '1')
  db.pragma(`max_page_count = ${(db.pragma('page_count') as number) + 2}`)
  const big = () =>
    db.tx(() => {
      for (let i = 0; i < 100; i++)
        db.run('INSERT INTO meta (key, value) VALUES (?, ?)', `k${i}`, 'x'.repeat(4000))
    })
  expect(codeOf(big)).toBe('disk_full')
  expect(db.inTransaction).toBe(false)
  expect(db.get('SELECT count(*) AS n FROM meta')).toEqual({ n: 1 })
  closeDb(db)
  const again = openDb({ path, key: TEST_KEY, create: false })
  expect(again.get('SELECT value FROM meta WHERE key = ?', 'kept')).toEqual({ value: '1' })
  closeDb(again)
})

test('a folder that cannot be written is named', () => {
  const parent = testFolder()
  chmodSync(parent, 0o755)
  const folder = join(parent, 'locked')
  mkdirSync(folder)
  chmodSync(folder, 0o555)
  const open = () => openDb({ path: join(folder, 'desk.db'), key: TEST_KEY, create: true })
  expect(codeOf(() => asOrdinaryUser(open))).toBe('folder_not_writable')
  chmodSync(folder, 0o700)
})

/** Root may write anywhere, so root steps down to `nobody` for the moment. */
function asOrdinaryUser<T>(act: () => T): T {
  if (process.geteuid?.() !== 0) return act()
  process.seteuid!(65_534)
  try {
    return act()
  } finally {
    process.seteuid!(0)
  }
}

test('a path that is a folder cannot be opened and is left alone', () => {
  const folder = testFolder()
  mkdirSync(join(folder, 'desk.db'))
  expect(codeOf(() => openDb({ path: join(folder, 'desk.db'), key: TEST_KEY, create: true }))).toBe(
    'folder_not_writable',
  )
  expect(statSync(join(folder, 'desk.db')).isDirectory()).toBe(true)
})

test('migrations run one by one, each whole or not at all', () => {
  const { db } = fresh()
  const broken = [...MIGRATIONS, 'CREATE TABLE later (x) STRICT; INSERT INTO nowhere VALUES (1)']
  expect(() => migrate(db, broken)).toThrow()
  expect(db.pragma('user_version')).toBe(MIGRATIONS.length)
  expect(db.get(`SELECT 1 FROM sqlite_schema WHERE name = 'later'`)).toBeUndefined()
  migrate(db, [...MIGRATIONS, 'CREATE TABLE later (x INTEGER) STRICT'])
  expect(db.pragma('user_version')).toBe(MIGRATIONS.length + 1)
  closeDb(db)
})

test('the daily copy opens with the same key, and three are kept', () => {
  const { path, db } = fresh()
  db.run('INSERT INTO meta (key, value) VALUES (?, ?)', 'x', '1')
  for (const day of ['2026-02-01', '2026-02-02', '2026-02-03', '2026-02-04'])
    expect(backupDaily(db, day)).toBe(true)
  expect(backupDaily(db, '2026-02-04')).toBe(false)
  expect(backupsOf(path).map((file) => file.slice(-10))).toEqual(['2026-02-04', '2026-02-03', '2026-02-02'])
  closeDb(db)
  const copy = openDb({ path: backupsOf(path)[0]!, key: TEST_KEY, create: false })
  expect(copy.get(`SELECT value FROM meta WHERE key = 'x'`)).toEqual({ value: '1' })
  closeDb(copy)
})
