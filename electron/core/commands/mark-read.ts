import type { Desk } from '../desk.ts'
import { mirroredReport } from '../mirror/rows.ts'

/** Notes that this person has seen the citizen's words as they are now. Nothing leaves the desk. */
export function markRead(desk: Desk, reportId: string): void {
  const mirrored = mirroredReport(desk.db, reportId)
  if (!mirrored) return
  const { version } = mirrored.report
  const { changes } = desk.db.run(
    `INSERT INTO read_marks (person_id, report_id, version, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (person_id, report_id) DO UPDATE SET version = excluded.version, at = excluded.at
       WHERE read_marks.version < excluded.version`,
    desk.person.id,
    reportId,
    version,
    desk.host.now(),
  )
  if (changes > 0) desk.stale(['reports'])
}
