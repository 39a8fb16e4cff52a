import { getMeta, setMeta } from '../db/meta.ts'
import type { DeskDb } from '../db/open.ts'
import { releaseFiles } from './attachment-refs.ts'
import { forgetReport } from './search-index.ts'

/**
 * Removes everything mirrored about a report that left the agency (SYNC-06), in the caller's transaction. What stays
 * is the agency's own: drafts (shown as orphaned), acts still waiting for the hub's word, the audit stub, and letters
 * it numbered (LETT-01). Answers the hashes of files to delete after the commit.
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
  // A settled act's content is mirrored data too; its id and outcome are enough to prove what happened.
  db.run(
    `UPDATE outbox SET payload = 'null' WHERE report_id = ? AND state IN ('applied', 'discarded')`,
    reportId,
  )
  return releaseFiles(db, reportId)
}

/**
 * The same for an act settled after its report had left: nobody will purge it later. While a mirror is still being
 * fetched an absent report has not left.
 */
export function purgeSettled(db: DeskDb, mutationId: string): void {
  if (getMeta(db, 'mirror_complete') !== '1') return
  db.run(
    `UPDATE outbox SET payload = 'null' WHERE id = ? AND report_id IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM m_reports r WHERE r.id = outbox.report_id)`,
    mutationId,
  )
}
