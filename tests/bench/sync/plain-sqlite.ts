/** Stands in for `better-sqlite3` in the bundle that measures the core without its cipher: the same SQLite, never told a key. */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type DatabaseType from 'better-sqlite3'
import { ROOT } from './data.ts'

const Database = createRequire(join(ROOT, 'package.json'))('better-sqlite3') as typeof DatabaseType

export default class PlainDatabase extends Database {
  override pragma(source: string, options?: DatabaseType.PragmaOptions): unknown {
    return /^\s*(cipher|key)\s*=/.test(source) ? [] : super.pragma(source, options)
  }
}
