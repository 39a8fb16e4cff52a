import { mkdtempSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Db } from '../../electron/hub/db/engine.ts'
import { openPglite } from '../../electron/hub/db/pglite.ts'
import { createHub } from '../../electron/hub/index.ts'
import { SMALL_REGENCY } from '../hub/small-regency.ts'
import { enrolAll, START, type HubTemplate } from './hub-node.ts'
import { drawFrom } from './random.ts'

/** Shared with the tests of the hub, so that initdb is paid for once. */
const CACHE = resolve(process.cwd(), '.cache/hub-template')

/** The real SQL engine, opened once per process and emptied for each run. */
export function sqlGround(root: string): () => Promise<{ db: Db; template: HubTemplate }> {
  let opened: Promise<Db> | null = null
  return async () => {
    const dataDir = mkdtempSync(join(root, 'sql-'))
    opened ??= openPglite(join(dataDir, 'db'), CACHE)
    const db = await opened
    await db.script('drop schema public cascade; create schema public;')
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
    return { db, template: { image: Buffer.alloc(0), devices } }
  }
}
