import { findPrivate } from '@shared/domain/privacy.ts'
import type { Reply } from '@shared/domain/reply.ts'
import { mayDecideReply } from '@shared/domain/workflow.ts'
import type { Parsed } from '@shared/ipc/contract.ts'
import type { ApprovalItem, Finding, ReplyView } from '@shared/ipc/views.ts'
import type { Desk } from '../desk.ts'
import { foldReplies } from '../mirror/fold.ts'
import { mirroredChildren } from '../mirror/rows.ts'
import { overlayActs } from '../outbox/overlay.ts'
import { clockViews } from './clock-views.ts'
import { personNames } from './people.ts'
import { foldedReport, type FoldedReport } from './reports.ts'

const WAITING = `SELECT id FROM report_current WHERE reply_state = 'submitted' ORDER BY due_key, rid`

/** Answers that wait for a supervisor, the most urgent report first. */
export function waitingReplies(desk: Pick<Desk, 'db'>): Reply[] {
  return desk.db
    .all<{ id: string }>(WAITING)
    .flatMap(({ id }) => foldReplies(mirroredChildren(desk.db, 'reply', id), overlayActs(desk.db, id)))
    .filter((reply) => reply.state === 'submitted')
}

/** Replies with names; `pending` while an act on one is not confirmed. */
export function replyViews(
  desk: Pick<Desk, 'db'>,
  folded: Pick<FoldedReport, 'replies' | 'acts'>,
): ReplyView[] {
  const nameOf = personNames(desk)
  const touched = new Set(folded.acts.map((act) => ('replyId' in act.payload ? act.payload.replyId : null)))
  return folded.replies.map((reply) => ({
    ...reply,
    authorName: nameOf(reply.authorId) ?? '',
    approverName: nameOf(reply.approverId),
    pending: touched.has(reply.id),
  }))
}

/** The supervisor's queue: each answer exactly as the citizen would read it, and what is needed to decide (APPR-02). */
export function approvalQueue(desk: Desk): ApprovalItem[] {
  return waitingReplies(desk).flatMap((waiting) => {
    const folded = foldedReport(desk, waiting.reportId)
    const reply = replyViews(desk, folded).find((view) => view.id === waiting.id)
    return reply ? [approvalItem(desk, folded, reply)] : []
  })
}

function approvalItem(desk: Desk, { report, state }: FoldedReport, reply: ReplyView): ApprovalItem {
  const mayDecide = mayDecideReply(reply, desk.person)
  const { id, number, subject, body, serviceName, district, requestedAt, attachments } = report
  const { anonymous, confidential } = state
  return {
    reply,
    report: {
      id,
      number,
      subject,
      body,
      serviceName,
      district,
      requestedAt,
      anonymous,
      confidential,
      reporterName: anonymous ? null : (report.reporter?.name ?? null),
      attachments,
    },
    clock: clockViews(desk, state).current,
    findings: privacyFindings({ report }, reply.body),
    previous: previousRevision(desk, reply),
    mayDecide,
    why: mayDecide ? null : reply.authorId === desk.person.id ? 'four_eyes' : 'wrong_role',
  }
}

/** The same check while the author is typing. Throws AppError not_found. */
export const checkText = (desk: Desk, { reportId, body }: Parsed<'replies.check'>): Finding[] =>
  privacyFindings(foldedReport(desk, reportId), body)

/** What in a public text might identify the reporter. A name we still know is looked for even when it must not be shown. */
export const privacyFindings = ({ report }: Pick<FoldedReport, 'report'>, body: string): Finding[] =>
  findPrivate(body, report.reporter?.name ?? null)

/** What the last returned revision said, from the notes kept while its row passed through the mirror. */
function previousRevision(desk: Pick<Desk, 'db'>, reply: Reply): ApprovalItem['previous'] {
  return (
    desk.db.get<{ body: string; reason: string | null; revision: number }>(
      'SELECT body, reason, revision FROM reply_revisions WHERE reply_id = ? AND revision < ? ORDER BY revision DESC LIMIT 1',
      reply.id,
      reply.revision,
    ) ?? null
  )
}
