import type { Report } from '@shared/domain/report.ts'
import { getMeta, setMeta } from '../db/meta.ts'
import type { DeskDb } from '../db/open.ts'
import { indexText } from '../search/index-text.ts'

/** Puts a report's words into the search index, replacing older ones. */
export function indexReport(db: DeskDb, rid: number, report: Report): void {
  const { raw, stems } = indexText(report)
  forgetReport(db, rid)
  db.run('INSERT INTO report_search (rowid, raw, stems) VALUES (?, ?, ?)', rid, raw, stems)
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

/** Rewrites the index without the words of removed reports and empties the write-ahead log. Slow; call it when idle. */
export function purgeSearch(db: DeskDb): void {
  if (getMeta(db, 'search_purge_due') !== '1') return
  db.tx(() => {
    db.run(`INSERT INTO report_search (report_search) VALUES ('optimize')`)
    setMeta(db, 'search_purge_due', null)
  })
  db.pragma('wal_checkpoint(TRUNCATE)')
}
