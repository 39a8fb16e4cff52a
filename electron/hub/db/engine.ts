/** Anything that runs SQL: the database itself or one open transaction. Parameters are `$1…`; JSON goes in as text. */
export interface Sql {
  q: <T = Record<string, unknown>>(sql: string, params?: readonly unknown[]) => Promise<T[]>
}

/** A database. PGlite stands behind it today, `pg` can tomorrow: the SQL is PostgreSQL 15's and nothing else leaks through. */
export interface Db extends Sql {
  /** Runs `fn` in one transaction; commits when it resolves, rolls back when it throws. */
  tx<T>(fn: (sql: Sql) => Promise<T>): Promise<T>
  /** Several statements without parameters, for migrations. */
  script(sql: string): Promise<void>
  close(): Promise<void>
}

/** SQLSTATE of a database error, or null for any other error. */
export function sqlState(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null
}

/** Whether the disk under the database or the files is full. Nothing acknowledged is lost, and the hub goes on once there is room. */
export const isDiskFull = (error: unknown): boolean =>
  sqlState(error) === '53100' || (error as { code?: unknown } | null)?.code === 'ENOSPC'

const RETRYABLE = new Set(['40001', '40P01'])

/** Runs `tx` again when the engine asks for it: serialisation failure or deadlock (at most 5 times). */
export async function txWithRetry<T>(db: Db, fn: (sql: Sql) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.tx(fn)
    } catch (error) {
      if (attempt >= 5 || !RETRYABLE.has(sqlState(error) ?? '')) throw error
    }
  }
}
