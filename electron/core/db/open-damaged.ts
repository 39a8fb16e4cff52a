import type Database from 'better-sqlite3'
import type { SqlValue } from './desk-db.ts'
import { openKeyed } from './keyed.ts'

/** A database that cannot be trusted, opened only to read what is left. */
export interface DamagedDb {
  /** Rows up to the first page that cannot be read, then from the other end. */
  read(table: string): Iterable<Record<string, SqlValue>>
  close(): void
}

/** Null when not even the schema can be read with this key. */
export function openDamaged(path: string, key: Uint8Array): DamagedDb | null {
  let handle: Database.Database | null = null
  try {
    handle = openKeyed(path, key)
    handle.prepare('SELECT count(*) FROM sqlite_schema').get()
  } catch {
    handle?.close()
    return null
  }
  const open = handle
  const rowsOf = (sql: string): Record<string, SqlValue>[] => {
    const rows: Record<string, SqlValue>[] = []
    try {
      for (const row of open.prepare(sql).iterate()) rows.push(row as Record<string, SqlValue>)
    } catch {
      // The rest of this table is behind a damaged page.
    }
    return rows
  }
  return {
    read: (table) => [
      ...rowsOf(`SELECT * FROM ${table}`),
      ...rowsOf(`SELECT * FROM ${table} ORDER BY 1 DESC`),
    ],
    close: () => open.close(),
  }
}
