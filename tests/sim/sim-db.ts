import { writeFileSync } from 'node:fs'
import type { DeskDb, SqlValue, TxOptions } from '../../electron/core/db/desk-db.ts'

/** Where in its work a process ended. */
export type Death = 'at a write' | 'after a commit' | 'between two steps'

/** The process of a desk ended in the middle of something. */
export class DeskDied extends Error {}

/**
 * A desk's database as one process sees it: it can die at any write or right after any commit, and nothing of a dead
 * or signed-out process reaches the data any more.
 */
export class SimDb {
  /** Dies at the n-th write from now, 0: lives on. */
  dieAtWrite = 0
  /** Dies right after the n-th commit from now, 0: lives on. */
  dieAfterCommit = 0
  /** Told after each commit, while nothing else moves. */
  onCommit: (db: DeskDb) => void = () => undefined
  /** Accesses after the end: the product must not make any. */
  trespasses = 0
  readonly #db: DeskDb
  readonly #died: (when: Death) => void
  /** Where the database would lie, if it lives in memory. */
  readonly #standIn: string | null
  #state: 'open' | 'closed' | 'dead' = 'open'

  constructor(db: DeskDb, standIn: string | null, died: (when: Death) => void) {
    this.#db = db
    this.#standIn = standIn
    this.#died = died
  }

  get path(): string {
    return this.#standIn ?? this.#db.path
  }
  get open(): boolean {
    return this.#state === 'open'
  }
  get inTransaction(): boolean {
    return this.#db.inTransaction
  }

  all<Row>(sql: string, ...values: SqlValue[]): Row[] {
    this.#enter()
    return this.#db.all<Row>(sql, ...values)
  }
  get<Row>(sql: string, ...values: SqlValue[]): Row | undefined {
    this.#enter()
    return this.#db.get<Row>(sql, ...values)
  }
  run(sql: string, ...values: SqlValue[]): { changes: number; lastInsertRowid: number | bigint } {
    this.#enter()
    if (this.dieAtWrite > 0 && --this.dieAtWrite === 0) this.#die('at a write')
    const done = this.#db.run(sql, ...values)
    if (!this.#db.inTransaction) this.#committed()
    return done
  }
  iterate<Row>(sql: string, ...values: SqlValue[]): Generator<Row> {
    this.#enter()
    return this.#db.iterate<Row>(sql, ...values)
  }
  exec(sql: string): void {
    this.#enter()
    this.#db.exec(sql)
  }
  pragma(text: string): unknown {
    this.#enter()
    return this.#db.pragma(text)
  }
  /** The daily copy of a database in memory would cost more than the rest of the run: an empty file stands for it. */
  vacuumInto(target: string): void {
    this.#enter()
    if (this.#standIn) writeFileSync(target, '')
    else this.#db.vacuumInto(target)
  }
  withFile(path: string, look: () => void): void {
    this.#enter()
    if (!this.#standIn) this.#db.withFile(path, look)
  }
  tx<T>(act: () => T, options?: TxOptions): T {
    this.#enter()
    const outermost = !this.#db.inTransaction
    const result = this.#db.tx(act, options)
    if (outermost) this.#committed()
    return result
  }
  close(): void {
    if (this.#state === 'open') this.#state = 'closed'
    if (!this.#standIn) this.#db.close()
  }

  /** The process is gone; an open transaction rolls back with the exception that this throws. */
  #die(when: Death): never {
    this.end(when)
    throw new DeskDied('the process ended')
  }
  /** The process is gone, between two of its steps. */
  end(when: Death = 'between two steps'): void {
    this.#state = 'dead'
    this.#died(when)
  }

  #committed(): void {
    this.onCommit(this.#db)
    if (this.dieAfterCommit > 0 && --this.dieAfterCommit === 0) this.#die('after a commit')
  }
  #enter(): void {
    if (this.#state === 'open') return
    if (this.#state === 'closed') this.trespasses++
    throw new DeskDied('the database connection is not open')
  }
}
