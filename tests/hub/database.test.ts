import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openPglite } from '../../electron/hub/db/pglite.ts'
import { lockFolder } from '../../electron/hub/db/lock.ts'
import { migrate } from '../../electron/hub/db/migrate.ts'
import { sqlState, type Db } from '../../electron/hub/db/engine.ts'
import { startHub } from './start-hub.ts'

const CACHE = resolve(import.meta.dirname, '../../.cache/hub-template')
let dir: string
let db: Db | null = null
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'meja-db-'))
})
afterEach(async () => {
  await db?.close()
  db = null
  rmSync(dir, { recursive: true, force: true })
})

const opened = async () => (db = await openPglite(join(dir, 'db'), CACHE))
const failure = (run: Promise<unknown>) =>
  run.then(
    () => null,
    (error: unknown) => error,
  )

test('an empty folder becomes a database of this schema, and migrating again changes nothing', async () => {
  const d = await opened()
  expect(await migrate(d)).toBe(await migrate(d))
  expect(await d.q('select count(*)::int as n from reports')).toEqual([{ n: 0 }])
})

test('a database from the future is refused and left as it is', async () => {
  const d = await opened()
  await migrate(d)
  await d.q('insert into schema_version values (999)')
  expect(await failure(migrate(d))).toMatchObject({ code: 'database_too_new' })
})

test('a failing migration leaves the version before it', async () => {
  const d = await opened()
  await migrate(d)
  const broken = Array.from({ length: 60 }, () => 'create table half_done (n int); select no_such_function()')
  expect(await failure(migrate(d, broken))).not.toBeNull()
  await d.script('rollback').catch(() => undefined)
  expect(await d.q("select to_regclass('half_done') as t")).toEqual([{ t: null }])
})

test('a transaction that throws leaves nothing', async () => {
  const d = await opened()
  await d.script('create table t (n int)')
  await failure(
    d.tx(async (sql) => {
      await sql.q('insert into t values (1)')
      throw new Error('no')
    }),
  )
  expect(await d.q('select * from t')).toEqual([])
})

// Verifies APPR-01, APPR-02
test('the database itself refuses a published answer without approver, or approved by its author', async () => {
  const t = await startHub()
  await t.stop()
  const d = await opened()
  await migrate(d)
  const author = '00000000-0000-4000-8000-000000000001'
  const insert = (body: object) =>
    failure(
      d.q(
        "insert into replies (id, report_id, agency_id, version, body) values ('00000000-0000-4000-8000-0000000000aa', '00000000-0000-4000-8000-0000000000bb', 'X', 1, $1::jsonb)",
        [JSON.stringify(body)],
      ),
    )
  expect(sqlState(await insert({ state: 'published', authorId: author, approverId: null }))).toBe('23514')
  expect(sqlState(await insert({ state: 'approved', authorId: author, approverId: author }))).toBe('23514')
})

test("one folder is never opened twice, and a dead owner's lock is taken over", async () => {
  const release = lockFolder(dir)
  expect(() => lockFolder(dir)).toThrow(/sedang dipakai/)
  release()
  expect(existsSync(join(dir, 'hub.lock'))).toBe(false)
  writeFileSync(join(dir, 'hub.lock'), '999999999')
  lockFolder(dir)()
  writeFileSync(join(dir, 'hub.lock'), '1')
  expect(() => lockFolder(dir)).toThrow(/proses 1/)
  writeFileSync(join(dir, 'hub.lock'), '')
  lockFolder(dir)()
})

test("the operator's token is readable by its owner alone and survives a restart", async () => {
  const t = await startHub({ empty: true })
  try {
    const file = join(t.dataDir, 'admin-token')
    expect(readFileSync(file, 'utf8')).toBe(t.adminToken)
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(t.hub.isNew).toBe(true)
    await t.restart()
    expect(t.hub).toMatchObject({ isNew: false, adminToken: t.adminToken })
  } finally {
    await t.stop()
  }
})
