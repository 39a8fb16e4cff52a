import type { Report } from '@shared/domain/report.ts'
import { getMeta, setMeta } from '../db/meta.ts'
import type { DeskDb } from '../db/open.ts'
import { indexText } from '../search/index-text.ts'

/** Reports indexed in one transaction when the index catches up. */
const INDEX_BATCH = 100

/** Puts a report's words into the search index, replacing older ones. */
export function indexReport(db: DeskDb, rid: number, report: Report): void {
  forgetReport(db, rid)
  insertWords(db, rid, report)
}

function insertWords(db: DeskDb, rid: number, report: Report): void {
  const { raw, stems } = indexText(report)
  db.run('INSERT INTO report_search (rowid, raw, stems) VALUES (?, ?, ?)', rid, raw, stems)
}

/** Leaves reports from here on out of the index until `indexPending`: it costs more than all other rows of a mirror. */
export function postponeIndexing(db: DeskDb): void {
  if (pendingFrom(db) !== null) return
  const { last } = db.get<{ last: number }>('SELECT ifnull(max(rid), 0) AS last FROM m_reports')!
  setMeta(db, 'search_from', last + 1)
}

/** First local number that the index does not know yet; null when it knows all. */
export function pendingFrom(db: DeskDb): number | null {
  const from = getMeta(db, 'search_from')
  return from === null ? null : Number(from)
}

/** How far the index has come while it catches up with a first mirror; null when it knows every report here. */
export function indexingState(db: DeskDb): { done: number; total: number } | null {
  const from = pendingFrom(db)
  if (from === null) return null
  const { done, total } = db.get<{ done: number; total: number }>(
    'SELECT count(*) FILTER (WHERE rid < ?) AS done, count(*) AS total FROM m_reports',
    from,
  )!
  return done === total ? null : { done, total }
}

/** Indexes a batch of what was postponed, oldest first. True when more is left. */
export function indexPending(db: DeskDb): boolean {
  const from = pendingFrom(db)
  if (from === null) return false
  return db.tx(() => {
    const rows = db.all<{ rid: number; body: string }>(
      'SELECT rid, body FROM m_reports WHERE rid >= ? ORDER BY rid LIMIT ?',
      from,
      INDEX_BATCH,
    )
    for (const { rid, body } of rows) insertWords(db, rid, JSON.parse(body) as Report)
    const more = rows.length === INDEX_BATCH
    setMeta(db, 'search_from', more ? rows.at(-1)!.rid + 1 : null)
    if (!more) postponeMerging(db, false)
    return more
  })
}

/** Takes a report out of the search index; its words leave the file with `purgeSearch`. */
export function forgetReport(db: DeskDb, rid: number): void {
  db.run('DELETE FROM report_search WHERE rowid = ?', rid)
}

/** Postpones merging while a long pull runs (it costs three times the insert) and takes it up again afterwards. */
export function postponeMerging(db: DeskDb, bulk: boolean): void {
  if ((getMeta(db, 'search_bulk') === '1') === bulk) return
  // Written out: a bound JavaScript number is a REAL, which FTS5 does not take as a setting.
  db.run(`INSERT INTO report_search (report_search, rank) VALUES ('automerge', ${bulk ? 0 : 4})`)
  setMeta(db, 'search_bulk', bulk ? 1 : null)
}

/** Rewrites the index without the words of removed reports and empties the write-ahead log; false when none are due. Slow; call it when idle. */
export function purgeSearch(db: DeskDb): boolean {
  if (getMeta(db, 'search_purge_due') !== '1') return false
  db.tx(() => {
    db.run(`INSERT INTO report_search (report_search) VALUES ('optimize')`)
    setMeta(db, 'search_purge_due', null)
  })
  db.pragma('wal_checkpoint(TRUNCATE)')
  return true
}
