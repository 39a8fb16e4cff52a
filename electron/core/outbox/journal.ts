import { backupMarks } from '../db/backup.ts'
import { getMeta, setMeta } from '../db/meta.ts'
import type { CommitGuard, DeskDb } from '../db/desk-db.ts'
import { JournalFile } from './journal-file.ts'
import { journalKey, type Frame, type Scan } from './journal-frame.ts'
import {
  decodeRows,
  encodeRows,
  nameOf,
  noteWorkRows,
  openAmong,
  openWork,
  putWorkRows,
  takeNoted,
  type WorkRow,
} from './journal-rows.ts'

/** Where the journal of a database lies. */
export const journalPath = (databasePath: string): string => databasePath.replace(/\.db$/, '') + '.journal'

export interface JournalOptions {
  /** The database's key; the journal derives its own from it and keeps no copy. */
  key: Uint8Array
  /** Device id. */
  device: string
  random: (size: number) => Uint8Array
}

/** What opening a journal found and did. */
export interface JournalReport {
  /** Records whose rows were written into the database: it had not committed them, or is an older copy. */
  redone: number
  /** Rows of those that could not be written. */
  refused: number
  /** Records that damage took. 0 for a torn tail: nobody was told that its act was saved. */
  lost: number
  /** Bytes of a torn tail that were cut off. */
  torn: number
  /** The file was missing or ended too early, and was filled from the database. */
  refilled: boolean
  /** Reports with rows that were redone. */
  reports: string[]
  /** Rows that were removed on purpose, as `table/key`: no older copy may bring them back. */
  gone: ReadonlySet<string>
}

/** Growth beyond what was kept last that makes a compaction worth its flushes, bytes. */
const SLACK = 256 * 1024

/**
 * The second, append-only home of work. Invariants:
 * J1 a transaction's work rows are flushed here before its COMMIT, so what was acknowledged is in both files;
 * J2 `meta.journal_seq` names the last record the database has committed: later ones were never acknowledged, or the
 *    database is an older copy of itself;
 * J3 a record holds rows as they are after the act, by key: replaying any suffix, any number of times, ends the same.
 */
export class Journal implements CommitGuard {
  readonly #file: JournalFile
  #seq: number
  #place: number
  #before: { size: number } | null = null
  #kept = 0

  private constructor(file: JournalFile, seq: number, place: number) {
    this.#file = file
    this.#seq = seq
    this.#place = place
  }

  /** Opens the journal beside `db`, brings the database up to it, and guards every commit from here on. */
  static attach(
    db: DeskDb,
    { key, device, random }: JournalOptions,
  ): { journal: Journal; report: JournalReport } {
    const seal = { key: journalKey(key, device), device }
    const { file, scan, torn } = JournalFile.open(journalPath(db.path), seal, random)
    try {
      const committed = Number(getMeta(db, 'journal_seq') ?? 0)
      const read = contentOf(scan)
      const last = scan.frames.at(-1)?.seq ?? 0
      const journal = new Journal(file, Math.max(last, committed), read.place)
      const redo = scan.frames.filter((frame) => frame.seq > committed)
      const done = redone(db, redo, last)
      noteWorkRows(db)
      db.guard = journal
      const refilled = last < committed || (committed === 0 && last === 0)
      if (refilled) journal.#refill(db)
      if (read.lost > 0) journal.compact(db)
      const report = {
        ...done,
        redone: redo.length,
        lost: read.lost,
        torn,
        refilled,
        gone: goneOf(read.rows),
      }
      return { journal, report }
    } catch (error) {
      db.guard = null
      file.close()
      throw error
    }
  }

  get size(): number {
    return this.#file.size
  }

  beforeCommit(db: DeskDb): void {
    this.#before = null
    const rows = takeNoted(db)
    if (rows.length > 0) this.#append(db, rows)
  }

  commitFailed(): void {
    if (!this.#before) return
    this.#seq--
    this.#place--
    this.#file.cutTo(this.#before.size)
    this.#before = null
  }

  /** Compacts when enough has been superseded. */
  tidy(db: DeskDb): boolean {
    if (this.#file.size < 2 * this.#kept + SLACK) return false
    this.compact(db)
    return true
  }

  /**
   * Writes the journal anew without superseded rows and without settled work that every kept daily copy has. What
   * remains keeps its sequence, so that it still follows any of those copies.
   */
  compact(db: DeskDb): void {
    // What leaves the journal has to be in the database's own file: if its log and all copies are lost, salvage must not
    // find what was given up or applied as it was before.
    db.pragma('wal_checkpoint(TRUNCATE)')
    const read = contentOf(this.#file.read())
    if (read.lost > 0) this.#refill(db)
    const records = read.lost > 0 ? contentOf(this.#file.read()).records : read.records
    const oldest = oldestCopy(db)
    const latest = new Map<string, number>()
    for (const { seq, rows } of records) for (const row of rows) latest.set(nameOf(row), seq)
    const current = records.map(({ seq, rows }) => ({
      seq,
      rows: rows.filter((row) => latest.get(nameOf(row)) === seq),
    }))
    const isNeeded = openAmong(current.flatMap(({ rows }) => rows))
    const kept = current
      .map(({ seq, rows }) => ({
        seq,
        rows: rows.filter((row) => seq > oldest || isNeeded(row)),
      }))
      .filter(({ rows }) => rows.length > 0)
    // The end of the count stays readable even when nothing else does.
    if (kept.at(-1)?.seq !== this.#seq) kept.push({ seq: this.#seq, rows: [] })
    this.#file.rewrite(kept.map(({ seq, rows }, i) => ({ seq, content: encodeRows(i + 1, rows) })))
    this.#place = kept.length
    this.#kept = this.#file.size
  }

  close(): void {
    this.#file.close()
  }

  #append(db: DeskDb, rows: WorkRow[]): void {
    // Statements first: after the flush nothing but COMMIT itself may fail.
    setMeta(db, 'journal_seq', this.#seq + 1)
    const { size } = this.#file
    this.#file.append(this.#seq + 1, encodeRows(this.#place + 1, rows))
    this.#before = { size }
    this.#seq++
    this.#place++
  }

  /** Appends all open work: the file alone must be enough to rebuild it. */
  #refill(db: DeskDb): void {
    const rows = openWork(db)
    if (rows.length > 0) db.tx(() => this.#append(db, rows))
    this.#before = null
  }
}

/** Sequence of the oldest kept daily copy; 0 without one, so that everything is kept. */
function oldestCopy(db: DeskDb): number {
  const marks = backupMarks(db).map((mark) => mark.seq)
  return marks.length > 0 ? Math.min(...marks) : 0
}

function contentOf(scan: Scan) {
  let lost = 0
  let place = 0
  const records = scan.frames.map((frame) => {
    const record = decodeRows(frame.content)
    lost += Math.max(0, record.place - place - 1)
    place = record.place
    return { seq: frame.seq, rows: record.rows }
  })
  return {
    records,
    rows: records.flatMap((record) => record.rows),
    lost: Math.max(lost, scan.damaged.length, scan.foreign),
    place,
  }
}

function redone(
  db: DeskDb,
  frames: readonly Frame[],
  last: number,
): Pick<JournalReport, 'refused' | 'reports'> {
  const rows = frames.flatMap((frame) => decodeRows(frame.content).rows)
  if (frames.length === 0) return { refused: 0, reports: [] }
  const refused = db.tx(() => {
    setMeta(db, 'journal_seq', last)
    return putWorkRows(db, rows)
  })
  const reports = rows.map(([, , row]) => row?.report_id).filter((id) => typeof id === 'string')
  return { refused, reports: [...new Set(reports)] }
}

function goneOf(rows: readonly WorkRow[]): Set<string> {
  const gone = new Set<string>()
  for (const row of rows) {
    if (row[2] === null) gone.add(nameOf(row))
    else gone.delete(nameOf(row))
  }
  return gone
}
