import type Database from 'better-sqlite3'
import { withStorageErrors } from './errors.ts'

/** What SQLite can bind by position. */
export type SqlValue = string | number | bigint | Uint8Array | null

/** The open, decrypted database: SQL text in, rows out. Statements are prepared once and kept by their text. */
export class DeskDb {
  readonly path: string
  readonly #handle: Database.Database
  readonly #statements = new Map<string, Database.Statement>()

  constructor(handle: Database.Database) {
    this.#handle = handle
    this.path = handle.name
  }

  /** All rows. The caller names the row's shape, which the SELECT beside it must produce. */
  all<Row>(sql: string, ...values: SqlValue[]): Row[] {
    return withStorageErrors(() => this.#prepare(sql).all(...bound(sql, values)) as Row[])
  }

  /** The first row, or undefined. */
  get<Row>(sql: string, ...values: SqlValue[]): Row | undefined {
    return withStorageErrors(() => this.#prepare(sql).get(...bound(sql, values)) as Row | undefined)
  }

  /** Writes; answers how many rows changed and the last row number. */
  run(sql: string, ...values: SqlValue[]): { changes: number; lastInsertRowid: number | bigint } {
    return withStorageErrors(() => this.#prepare(sql).run(...bound(sql, values)))
  }

  /** Rows one by one, for sets too large to hold. No other statement may write meanwhile. */
  *iterate<Row>(sql: string, ...values: SqlValue[]): Generator<Row> {
    // Not from the cache: a cached statement that is still being read cannot be run again.
    yield* this.#handle.prepare(sql).iterate(...bound(sql, values)) as IterableIterator<Row>
  }

  /** Several statements without values: schema and maintenance only. */
  exec(sql: string): void {
    withStorageErrors(() => this.#handle.exec(sql))
  }

  /** A PRAGMA's first value. */
  pragma(text: string): unknown {
    return withStorageErrors(() => this.#handle.pragma(text, { simple: true }))
  }

  /**
   * Everything in `act` or nothing (BEGIN IMMEDIATE, durable when it returns). Inside another transaction it joins
   * that one. Never asynchronous: another task would run inside the open transaction.
   */
  tx<T>(act: () => T): T {
    if (this.#handle.inTransaction) return act()
    return withStorageErrors(() => this.#handle.transaction(() => refusePromise(act())).immediate())
  }

  get inTransaction(): boolean {
    return this.#handle.inTransaction
  }

  get open(): boolean {
    return this.#handle.open
  }

  /** Closes after a checkpoint, so that nothing purged stays readable in the write-ahead log. */
  close(): void {
    if (!this.#handle.open) return
    this.#statements.clear()
    this.#handle.close()
  }

  #prepare(sql: string): Database.Statement {
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.#handle.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}

/** The library takes `?1` for a name: numbered values have to come as an object. */
function bound(sql: string, values: SqlValue[]): unknown[] {
  return /\?\d/.test(sql) ? [Object.fromEntries(values.map((value, i) => [i + 1, value]))] : values
}

function refusePromise<T>(value: T): T {
  if (value instanceof Promise) throw new TypeError('a transaction must not wait')
  return value
}
