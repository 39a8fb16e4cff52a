import { PGlite } from '@electric-sql/pglite'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { DatabaseCorrupt } from '../failures.ts'
import type { Db, Sql } from './engine.ts'

// The package exports no package.json, so it is found beside its entry.
const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
const { version } = JSON.parse(readFileSync(join(dirname(entry), '../package.json'), 'utf8')) as {
  version: string
}
/** The defaults (128 MB of buffers, up to 1 GB of log before a checkpoint) would only cost a desk PC memory and disk. */
const conf = ['shared_buffers=16MB', 'min_wal_size=2MB', 'max_wal_size=64MB']
/** Log files of 1 MB instead of 16: a third less to copy for every new hub. */
const initdb = ['--wal-segsize=1']

type Runner = { query(sql: string, params?: unknown[]): Promise<{ rows: unknown[] }> }
const adapter = (on: Runner): Sql => ({
  q: async <T>(sql: string, params: readonly unknown[] = []) =>
    (await on.query(sql, [...params])).rows as T[],
})

/**
 * Opens the embedded PostgreSQL in `dir`, creating it from a template kept in `cacheDir` (initdb costs seconds, a copy
 * milliseconds). It never fsyncs: proof against a killed process, not against a power cut, hence for practice only.
 */
export async function openPglite(dir: string, cacheDir: string): Promise<Db> {
  // The rename below is the birth of the folder: one without its mark is damaged, and is never replaced.
  if (!existsSync(dir)) {
    const template = await templateDir(cacheDir)
    mkdirSync(dirname(dir), { recursive: true })
    const fresh = `${dir}.new`
    rmSync(fresh, { recursive: true, force: true })
    cpSync(template, fresh, { recursive: true })
    renameSync(fresh, dir)
  }
  const opening = existsSync(join(dir, 'PG_VERSION'))
    ? PGlite.create({ dataDir: dir, relaxedDurability: false, postgresqlconf: conf })
    : Promise.reject(new Error('no PG_VERSION'))
  const pg = await opening.catch((error: unknown) => {
    throw (error as { code?: unknown }).code ? error : new DatabaseCorrupt(error)
  })
  return {
    ...adapter(pg),
    tx: (fn) => pg.transaction((tx) => fn(adapter(tx))),
    script: async (sql) => {
      await pg.exec(sql)
    },
    close: () => pg.close(),
  }
}

/** A clean initialised data folder of this PGlite version, made on first use; several processes may race for it. */
async function templateDir(cacheDir: string): Promise<string> {
  const done = join(cacheDir, `pglite-${version}-wal1`)
  if (existsSync(done)) return done
  mkdirSync(cacheDir, { recursive: true })
  const work = mkdtempSync(join(cacheDir, 'new-'))
  const pg = await PGlite.create({
    dataDir: join(work, 'data'),
    postgresqlconf: conf,
    initDbStartParams: initdb,
  })
  await pg.close()
  try {
    renameSync(join(work, 'data'), done)
  } catch (error) {
    if (!existsSync(done)) throw error
  }
  rmSync(work, { recursive: true, force: true })
  return done
}
