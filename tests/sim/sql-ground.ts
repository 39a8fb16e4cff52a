import { mkdtempSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Db } from '../../electron/hub/db/engine.ts'
import { openPglite } from '../../electron/hub/db/pglite.ts'
import { createHub } from '../../electron/hub/index.ts'
import { SMALL_REGENCY } from '../hub/small-regency.ts'
import { cheapPasswords, enrolAll, START, type HubTemplate } from './hub-node.ts'
import { drawFrom } from './random.ts'

/** Shared with the tests of the hub, so that initdb is paid for once. */
const CACHE = resolve(process.cwd(), '.cache/hub-template')

interface Prepared {
  db: Db
  template: HubTemplate
  /** SQL that makes every table what it was before the first run. */
  back: string
}

/** The real SQL engine, opened and prepared once per process and put back for each run. */
export function sqlGround(root: string): () => Promise<{ db: Db; template: HubTemplate }> {
  let prepared: Promise<Prepared> | null = null
  return async () => {
    const { db, template, back } = await (prepared ??= prepare(root))
    await db.script(back)
    return { db, template }
  }
}

async function prepare(root: string): Promise<Prepared> {
  const dataDir = mkdtempSync(join(root, 'sql-'))
  const db = await openPglite(join(dataDir, 'db'), CACHE)
  const hub = await createHub({
    cacheDir: CACHE,
    dataDir,
    clock: () => START - 3_600_000,
    random: drawFrom('template').bytes,
    bootstrap: SMALL_REGENCY,
    openDatabase: () => Promise.resolve({ ...db, close: () => Promise.resolve() }),
  })
  const devices = await enrolAll(hub)
  await hub.close()
  await cheapPasswords(db)
  const tables = await db.q<{ name: string; columns: string }>(
    `select table_name as name, string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
     join information_schema.tables using (table_schema, table_name)
     where table_schema = 'public' and table_type = 'BASE TABLE' and is_generated = 'NEVER' group by 1`,
  )
  await db.script(
    `create schema blank; ${tables.map(({ name }) => `create table blank.${name} as table public.${name};`).join(' ')}`,
  )
  const all = tables.map(({ name }) => `public.${name}`).join(', ')
  const fill = tables.map(
    ({ name, columns }) => `insert into public.${name} (${columns}) select ${columns} from blank.${name};`,
  )
  // Rows come back in no order, so the references among them are checked by the run, not by the copying.
  const back = `set session_replication_role = replica; truncate ${all}; ${fill.join(' ')} set session_replication_role = default;`
  return { db, template: { image: Buffer.alloc(0), devices }, back }
}
