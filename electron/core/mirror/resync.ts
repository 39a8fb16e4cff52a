import type { Change } from '@shared/sync/feed.ts'
import { setMeta } from '../db/meta.ts'
import type { DeskDb } from '../db/open.ts'

/**
 * Starts over from a snapshot: what it brings replaces what is here, and only at its end does what it did not bring
 * vanish. Drafts, outbox, letters and audit are not touched.
 */
export function beginResync(db: DeskDb): void {
  db.tx(() => {
    db.run('DELETE FROM resync_seen')
    setMeta(db, 'resync', 1)
    setMeta(db, 'cursor', null)
    setMeta(db, 'mirror_complete', null)
  })
}

/** Remembers that the snapshot brought this row, whether or not it could be understood. */
export function noteSeen(db: DeskDb, change: Change): void {
  if (!change.removed)
    db.run('INSERT OR IGNORE INTO resync_seen (kind, id) VALUES (?, ?)', change.kind, change.id)
}

/** Ends a resync; answers the mirrored rows that the snapshot did not bring, reports first. */
export function finishResync(db: DeskDb): { kind: string; id: string }[] {
  const gone = db.all<{ kind: string; id: string }>(
    `SELECT 'report' AS kind, id FROM m_reports r
       WHERE NOT EXISTS (SELECT 1 FROM resync_seen s WHERE s.kind = 'report' AND s.id = r.id)
     UNION ALL SELECT 'report_state', id FROM m_report_states r
       WHERE NOT EXISTS (SELECT 1 FROM resync_seen s WHERE s.kind = 'report_state' AND s.id = r.id)
     UNION ALL SELECT kind, id FROM m_rows r
       WHERE NOT EXISTS (SELECT 1 FROM resync_seen s WHERE s.kind = r.kind AND s.id = r.id)`,
  )
  db.run(
    'DELETE FROM m_quarantine WHERE NOT EXISTS (SELECT 1 FROM resync_seen s WHERE s.kind = m_quarantine.kind AND s.id = m_quarantine.id)',
  )
  db.run('DELETE FROM resync_seen')
  setMeta(db, 'resync', null)
  return gone
}
