import type Database from 'better-sqlite3'
import { AppError } from '@shared/ipc/errors.ts'
import { storageError, withStorageErrors } from './errors.ts'

/** What SQLite can bind by position. */
export type SqlValue = string | number | bigint | Uint8Array | null

/** Makes each transaction durable a second time, in another file, before it commits. */
export interface CommitGuard {
  /** Inside the transaction, just before COMMIT; throws to refuse it. */
  beforeCommit(db: DeskDb): void
  /** COMMIT failed: takes back what `beforeCommit` wrote. */
  commitFailed(): void
  close(): void
}

interface Statement {
  prepared: Database.Statement
  /** The library takes `?1` for a name: numbered values have to come as an object. */
  numbered: boolean
}

/** How a transaction is to be kept. */
export interface TxOptions {
  /** False for what can wait, such as pulling: it may not use the room that is kept for people's work. */
  ballast?: boolean
  /**
   * False for what the hub can send again: a power cut may take the newest of these transactions, each whole and with
   * its cursor, and never one that a durable transaction followed. A crash of the program takes none.
   */
  durable?: boolean
}

/** The open, decrypted database: SQL text in, rows out. Statements are prepared once and kept by their text. */
export class DeskDb {
  readonly path: string
  readonly #handle: Database.Database
  readonly #statements = new Map<string, Statement>()
  /** Made once: the library builds four functions for each that it wraps. */
  readonly #atomically: Database.Transaction<(act: () => unknown) => unknown>
  /** The outbox's journal, once attached. */
  guard: CommitGuard | null = null
  /** Makes room on a full disk; true when trying again may succeed. */
  makeRoom: (() => boolean) | null = null

  constructor(handle: Database.Database) {
    this.#handle = handle
    this.path = handle.name
    this.#atomically = handle.transaction((act: () => unknown) => act())
  }

  /** All rows. The caller names the row's shape, which the SELECT beside it must produce. */
  all<Row>(sql: string, ...values: SqlValue[]): Row[] {
    return withStorageErrors(() => {
      const statement = this.#prepare(sql)
      return statement.prepared.all(...bound(statement, values)) as Row[]
    })
  }

  /** The first row, or undefined. */
  get<Row>(sql: string, ...values: SqlValue[]): Row | undefined {
    return withStorageErrors(() => {
      const statement = this.#prepare(sql)
      return statement.prepared.get(...bound(statement, values)) as Row | undefined
    })
  }

  /** Writes; answers how many rows changed and the last row number. */
  run(sql: string, ...values: SqlValue[]): { changes: number; lastInsertRowid: number | bigint } {
    // Alone, a statement is a transaction too, and its rows belong into the journal.
    if (this.guard && !this.#handle.inTransaction) return this.tx(() => this.run(sql, ...values))
    return withStorageErrors(() => {
      const statement = this.#prepare(sql)
      return statement.prepared.run(...bound(statement, values))
    })
  }

  /** Rows one by one, for sets too large to hold. No other statement may write meanwhile. */
  *iterate<Row>(sql: string, ...values: SqlValue[]): Generator<Row> {
    // Not from the cache: a cached statement that is still being read cannot be run again.
    const statement = this.#fresh(sql)
    yield* statement.prepared.iterate(...bound(statement, values)) as IterableIterator<Row>
  }

  /** Several statements without values: schema and maintenance only. */
  exec(sql: string): void {
    withStorageErrors(() => this.#handle.exec(sql))
  }

  /** A PRAGMA's first value. */
  pragma(text: string): unknown {
    return withStorageErrors(() => this.#handle.pragma(text, { simple: true }))
  }

  /** Lets `look` read another file of the same key as schema `copy`. */
  withFile<T>(path: string, look: () => T): T {
    return withStorageErrors(() => {
      this.#handle.prepare('ATTACH DATABASE ? AS copy').run(path)
      try {
        return look()
      } finally {
        this.#handle.exec('DETACH DATABASE copy')
      }
    })
  }

  /** Writes a compact copy under the same key. */
  vacuumInto(target: string): void {
    withStorageErrors(() => this.#handle.prepare('VACUUM INTO ?').run(target))
  }

  /**
   * Everything in `act` or nothing (BEGIN IMMEDIATE, durable when it returns). Inside another transaction it joins
   * that one. Never asynchronous: another task would run inside the open transaction. On a full disk the ballast is
   * given up and the whole unit runs once more.
   */
  tx<T>(act: () => T, { ballast = true, durable = true }: TxOptions = {}): T {
    if (this.#handle.inTransaction) return act()
    try {
      return durable ? this.#unit(act) : this.#undurable(act)
    } catch (thrown) {
      const error = storageError(thrown)
      const full = error instanceof AppError && error.code === 'disk_full'
      if (!full || !ballast || !this.makeRoom?.()) throw error
      return this.#unit(act)
    }
  }

  #undurable<T>(act: () => T): T {
    this.#handle.pragma('synchronous = NORMAL')
    try {
      return this.#unit(act)
    } finally {
      if (this.#handle.open) this.#handle.pragma('synchronous = FULL')
    }
  }

  #unit<T>(act: () => T): T {
    const { guard } = this
    let guarded = false
    const unit = () => {
      const value = refusePromise(act())
      guard?.beforeCommit(this)
      guarded = true
      return value
    }
    try {
      return withStorageErrors(() => this.#atomically.immediate(unit) as T)
    } catch (error) {
      if (guarded) guard?.commitFailed()
      throw error
    }
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
    this.guard?.close()
    this.guard = null
  }

  #prepare(sql: string): Statement {
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.#fresh(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }

  #fresh(sql: string): Statement {
    return { prepared: this.#handle.prepare(sql), numbered: /\?\d/.test(sql) }
  }
}

const bound = ({ numbered }: Statement, values: SqlValue[]): unknown[] =>
  numbered ? [Object.fromEntries(values.map((value, i) => [i + 1, value]))] : values

function refusePromise<T>(value: T): T {
  if (value instanceof Promise) throw new TypeError('a transaction must not wait')
  return value
}
