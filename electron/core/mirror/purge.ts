import { getMeta, setMeta } from '../db/meta.ts'
import type { DeskDb } from '../db/open.ts'
import { releaseFiles } from './attachment-refs.ts'
import { forgetReport } from './search-index.ts'

/** A registered number has to be offered again to a hub that lost it, wherever its report is now. */
const NO_LETTER = `kind NOT LIKE 'letter.%'`

/**
 * Removes everything mirrored about a report that left the agency (SYNC-06), in the caller's transaction. What stays
 * is the agency's own: the text of drafts (shown as orphaned, without the citizen's subject), acts still waiting for the
 * hub's word, the audit stub, and letters it numbered with what registers them (LETT-01). Answers the hashes of files to
 * delete after the commit; what a crash in between leaves, the next start sweeps away.
 */
export function purgeReport(db: DeskDb, reportId: string): string[] {
  const row = db.get<{ rid: number }>('SELECT rid FROM m_reports WHERE id = ?', reportId)
  if (row) {
    forgetReport(db, row.rid)
    setMeta(db, 'search_purge_due', 1)
  }
  db.run('DELETE FROM m_reports WHERE id = ?', reportId)
  db.run('DELETE FROM m_report_states WHERE id = ?', reportId)
  db.run(`DELETE FROM m_rows WHERE report_id = ? AND kind <> 'letter'`, reportId)
  db.run('DELETE FROM report_current WHERE id = ?', reportId)
  db.run('DELETE FROM read_marks WHERE report_id = ?', reportId)
  db.run(`DELETE FROM m_quarantine WHERE id = ? OR body ->> '$.reportId' = ?`, reportId, reportId)
  db.run(`UPDATE drafts SET report_subject = '' WHERE report_id = ?`, reportId)
  // A settled act's content is mirrored data too; its id and outcome are enough to prove what happened.
  db.run(
    `UPDATE outbox SET payload = 'null' WHERE report_id = ? AND state IN ('applied', 'discarded') AND ${NO_LETTER}`,
    reportId,
  )
  const sheets = db.all<{ sha256: string | null }>(
    'DELETE FROM letters WHERE report_id = ? AND n IS NULL RETURNING sha256',
    reportId,
  )
  return releaseFiles(
    db,
    reportId,
    sheets.flatMap(({ sha256 }) => sha256 ?? []),
  )
}

/**
 * The same for an act settled after its report had left: nobody will purge it later. While a mirror is still being
 * fetched an absent report has not left.
 */
export function purgeSettled(db: DeskDb, mutationId: string): void {
  if (getMeta(db, 'mirror_complete') !== '1') return
  db.run(
    `UPDATE outbox SET payload = 'null' WHERE id = ? AND report_id IS NOT NULL AND ${NO_LETTER}
       AND NOT EXISTS (SELECT 1 FROM m_reports r WHERE r.id = outbox.report_id)`,
    mutationId,
  )
}
