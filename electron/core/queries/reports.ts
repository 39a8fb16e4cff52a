import type { Reply } from '@shared/domain/reply.ts'
import type { Report, ReportState } from '@shared/domain/report.ts'
import { AppError } from '@shared/ipc/errors.ts'
import type { Desk } from '../desk.ts'
import { foldReplies, foldState } from '../mirror/fold.ts'
import { mirroredChildren, mirroredReport, mirroredRow } from '../mirror/rows.ts'
import { overlayActs, type OverlayAct } from '../outbox/overlay.ts'
import { numberIn } from '../search/parse-query.ts'

/** A report as this desk sees it now: words as mirrored, state and replies with our own acts over them. */
export interface FoldedReport {
  report: Report
  /** Version of the words; an approval binds it. */
  version: number
  state: ReportState
  /** Version of the state as the hub last sent it: base of the next act. */
  stateVersion: number
  replies: Reply[]
  /** Our acts that the mirror does not show yet. */
  acts: OverlayAct[]
}

/** The folded report. Throws AppError not_found when it is not (or no longer) on this desk. */
export function foldedReport(desk: Pick<Desk, 'db'>, reportId: string): FoldedReport {
  const mirrored = mirroredReport(desk.db, reportId)
  if (!mirrored) throw new AppError('not_found', `report ${reportId}`)
  const acts = overlayActs(desk.db, reportId)
  return {
    report: mirrored.report.body,
    version: mirrored.report.version,
    state: foldState(mirrored.state, acts),
    stateVersion: mirrored.state.version,
    replies: foldReplies(mirroredChildren(desk.db, 'reply', reportId), acts),
    acts,
  }
}

/** Version of a reply as the hub last sent it; 0 while it is new. */
export const replyVersion = (desk: Pick<Desk, 'db'>, replyId: string): number =>
  mirroredRow(desk.db, 'reply', replyId)?.version ?? 0

/** The report of a reply: its mirrored row, or the submission still on its way. Throws AppError not_found. */
export function reportIdOfReply(desk: Pick<Desk, 'db'>, replyId: string): string {
  const mirrored = mirroredRow(desk.db, 'reply', replyId)
  if (mirrored) return mirrored.body.reportId
  const queued = desk.db.get<{ reportId: string }>(
    `SELECT report_id AS reportId FROM outbox
     WHERE kind = 'reply.submit' AND payload ->> '$.replyId' = ? AND report_id IS NOT NULL ORDER BY n DESC LIMIT 1`,
    replyId,
  )
  if (!queued) throw new AppError('not_found', `reply ${replyId}`)
  return queued.reportId
}

/** The report whose number, or whose letter's number, was typed or scanned whole; null for anything else. */
export function findByNumber(desk: Pick<Desk, 'db'>, q: string): string | null {
  const typed = numberIn(q)
  const number = typed?.kind === 'report' ? typed.number : q.trim().toUpperCase()
  const report = desk.db.get<{ id: string }>('SELECT id FROM report_current WHERE number = ?', number)
  if (report) return report.id
  if (typed?.kind !== 'letter') return null
  const letter = desk.db.get<{ reportId: string }>(
    `SELECT report_id AS reportId FROM letters WHERE number = ?1
     UNION ALL SELECT report_id FROM m_rows WHERE kind = 'letter' AND body ->> '$.number' = ?1 LIMIT 1`,
    typed.number,
  )
  const known =
    letter && desk.db.get<{ id: string }>('SELECT id FROM report_current WHERE id = ?', letter.reportId)
  return known?.id ?? null
}
