import Database from 'better-sqlite3'
import type { Db, Sql } from '../../electron/hub/db/engine.ts'
import { noteBlank } from './blank.ts'

/** Thrown by a hub whose process has just died. */
export class HubDied extends Error {}

/** The hub's database in memory: its own SQL, spoken by SQLite. Fast enough for thousands of hubs. */
export interface MemoryDb extends Db {
  readonly handle: Database.Database
  /** Dies around the n-th commit from now; null: lives on. */
  dieAtCommit: { in: number; when: 'before' | 'after' } | null
  /** Called after every commit that came through. */
  onCommit: () => void
  /** A statement of the simulator's own, prepared once. */
  look(sql: string): Database.Statement
}

const CASTS = /::(?:jsonb|text\[\]|text|int|bigint|boolean)\b/g

/** PostgreSQL as this hub writes it → SQLite. What has no counterpart is done by hand in `special`. */
export const translate = (sql: string): string =>
  sql
    .replace(CASTS, '')
    .replace(/= any\(\$(\d+)\)/g, 'in (select value from json_each(?$1))')
    .replace(/\bfor update\b/g, '')
    .replace(/\bgreatest\(/g, 'max(')
    .replace(/\bwith \(fillfactor = \d+\)/g, '')
    // Type names that keep texts as texts and tell `decode` what to do.
    .replace(/\bjsonb_array_length\b/g, 'json_array_length')
    .replace(/\bjsonb\b/g, 'textjson')
    .replace(/\buuid\b/g, 'text')
    .replace(/\$(\d+)/g, '?$1')

const encode = (value: unknown): unknown => {
  if (Array.isArray(value)) return JSON.stringify(value)
  if (typeof value === 'boolean') return Number(value)
  return value === undefined ? null : value
}

interface Prepared {
  run(params: readonly unknown[]): Record<string, unknown>[]
}

/** Opens a database in memory; `image` is one that was serialised. */
export function memoryDb(image?: Buffer): MemoryDb {
  const handle = new Database(image ?? ':memory:', {
    nativeBinding: process.env.APP_SQLITE_BINDING || undefined,
  })
  handle.pragma('foreign_keys = ON')
  handle.pragma('journal_mode = MEMORY')
  const known = new Map<string, Prepared>()
  const looks = new Map<string, Database.Statement>()

  const prepare = (sql: string): Prepared => {
    const statement = handle.prepare(translate(sql))
    const numbers = [...new Set([...sql.matchAll(/\$(\d+)/g)].map((match) => Number(match[1])))]
    const bind = (params: readonly unknown[]) =>
      numbers.length > 0 ? [Object.fromEntries(numbers.map((n) => [n, encode(params[n - 1])]))] : []
    if (!statement.reader) return { run: (params) => (statement.run(...bind(params)), []) }
    const columns = statement.columns()
    const json = columns.filter((column) => column.type === 'textjson').map((column) => column.name)
    return {
      run(params) {
        const rows = statement.all(...bind(params)) as Record<string, unknown>[]
        for (const row of rows)
          for (const name of json)
            if (typeof row[name] === 'string') row[name] = JSON.parse(row[name]) as unknown
        return rows
      },
    }
  }
  const special = (sql: string): Prepared | null => {
    if (sql.startsWith('\nwith h as')) return putItem(handle)
    if (sql.includes('left join lateral')) return readFeed(handle)
    if (sql.includes('cross join lateral')) return readBundles(handle)
    return null
  }
  const q: Sql['q'] = <T>(sql: string, params: readonly unknown[] = []) => {
    try {
      let prepared = known.get(sql)
      if (!prepared) known.set(sql, (prepared = special(sql) ?? prepare(sql)))
      return Promise.resolve(prepared.run(params) as T[])
    } catch (error) {
      return Promise.reject(asPostgres(error))
    }
  }
  const die = (when: 'before' | 'after'): void => {
    const plan = db.dieAtCommit
    if (plan?.when !== when || --plan.in > 0) return
    db.dieAtCommit = null
    throw new HubDied(when)
  }
  const db: MemoryDb = {
    handle,
    dieAtCommit: null,
    onCommit: () => undefined,
    look(sql) {
      let statement = looks.get(sql)
      if (!statement) looks.set(sql, (statement = handle.prepare(sql)))
      return statement
    },
    q,
    async tx(fn) {
      handle.exec('begin immediate')
      let result
      try {
        result = await fn({ q })
        die('before')
      } catch (error) {
        if (handle.inTransaction) handle.exec('rollback')
        throw error
      }
      handle.exec('commit')
      db.onCommit()
      die('after')
      return result
    },
    script: (sql) => {
      handle.exec(translate(sql))
      return Promise.resolve()
    },
    close: () => Promise.resolve(),
  }
  return db
}

interface Lent {
  db: MemoryDb
  image: Buffer
  reset: () => void
}
const spare: Lent[] = []
const lent = new Map<MemoryDb, Lent>()

/** A hub's database as in `image`, perhaps one that another run has given back. */
export function lendHubDb(image: Buffer): MemoryDb {
  const at = spare.findIndex((one) => one.image === image)
  const found = at < 0 ? undefined : spare.splice(at, 1)[0]
  const db = found?.db ?? memoryDb(image)
  lent.set(db, found ?? { db, image, reset: noteBlank(db.handle) })
  return db
}

/** Takes back what was lent; closes what was not. */
export function giveBack(db: MemoryDb): void {
  const one = lent.get(db)
  lent.delete(db)
  if (!one) return void db.handle.close()
  db.dieAtCommit = null
  db.onCommit = () => undefined
  one.reset()
  spare.push(one)
}

/** SQLite's constraint errors by PostgreSQL's names. */
function asPostgres(error: unknown): unknown {
  const code = (error as { code?: unknown }).code
  const unique = code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
  if (unique) return Object.assign(error as Error, { code: '23505' })
  return code === 'SQLITE_CONSTRAINT_CHECK' ? Object.assign(error as Error, { code: '23514' }) : error
}

/** A statement with a writing CTE, which SQLite has not. */
function putItem(handle: Database.Database): Prepared {
  const head = handle.prepare(
    'update agency_feed set head = head + 1, report_count = report_count + ? where agency_id = ? returning head',
  )
  const put =
    handle.prepare(`insert into agency_item (agency_id, kind, entity_id, seq, version, body, removed, removed_at)
    values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (agency_id, kind, entity_id) do update set seq = excluded.seq,
    version = excluded.version, body = excluded.body, removed = excluded.removed, removed_at = excluded.removed_at`)
  return {
    run(params) {
      const [agencyId, kind, id, version, body, reports, removed, removedAt] = params
      const row = head.get(reports, agencyId) as { head: number } | undefined
      if (row) put.run(agencyId, kind, id, row.head, version, body, removed, removedAt)
      return []
    },
  }
}

/** A lateral join, which SQLite has not. */
function readFeed(handle: Database.Database): Prepared {
  const feed = handle.prepare('select head, floor, report_count from agency_feed where agency_id = ?')
  const items = handle.prepare(
    'select seq, kind, entity_id, version, body, removed from agency_item where agency_id = ? and seq > ? order by seq limit ?',
  )
  return {
    run([agencyId, after, limit]) {
      const head = feed.get(agencyId) as Record<string, unknown> | undefined
      const rows = items.all(agencyId, after, limit) as Record<string, unknown>[]
      if (!head) return []
      return rows.length > 0 ? rows.map((row) => ({ ...head, ...row })) : [{ ...head, seq: null }]
    },
  }
}

/** Another: the rows of a list of reports. */
function readBundles(handle: Database.Database): Prepared {
  const rows =
    handle.prepare(`select i.seq, i.kind, i.entity_id, i.version, i.body, i.removed, r.value as report_id
    from json_each(?2) r join agency_item i on i.agency_id = ?1 and i.removed is null
      and ((i.kind = 'report' and i.entity_id = r.value)
        or (i.kind in ('entry', 'disposition', 'reply') and (i.body ->> 'reportId') = r.value))`)
  return {
    run: ([agencyId, ids]) => rows.all({ 1: agencyId, 2: encode(ids) }) as Record<string, unknown>[],
  }
}
