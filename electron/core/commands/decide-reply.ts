import type { Reply } from '@shared/domain/reply.ts'
import { findReplyTransition } from '@shared/domain/workflow.ts'
import type { Parsed, Queued } from '@shared/ipc/contract.ts'
import { AppError } from '@shared/ipc/errors.ts'
import type { Desk } from '../desk.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { foldedReport, replyVersion, reportIdOfReply, type FoldedReport } from '../queries/reports.ts'
import { contentHash } from './content-hash.ts'
import { sameActPending } from './guards.ts'

/**
 * Queues an approval of exactly what `hash` covers, as this desk sees it now (APPR-02). Throws AppError not_found,
 * not_allowed, four_eyes, wrong_state or stale_content.
 */
export function approveReply(desk: Desk, { replyId, hash }: Parsed<'replies.approve'>): Queued {
  const reportId = reportIdOfReply(desk, replyId)
  const folded = foldedReport(desk, reportId)
  const payload = { replyId, hash, reportVersion: folded.version }
  const pending = sameActPending(desk, 'reply.approve', reportId, payload)
  if (pending) return { mutationId: pending.mutationId, undoUntil: pending.undoUntil }
  const reply = requireDecision(desk, folded, replyId, 'approve')
  // Both: what was shown is what was submitted, and it still answers the report as it is now.
  if (hash !== reply.hash || hash !== contentHash(folded, reply))
    throw new AppError('stale_content', `reply ${replyId}`)
  return enqueue(desk, { kind: 'reply.approve', reportId, baseVersion: replyVersion(desk, replyId), payload })
}

/** Sends an answer back with a reason. Throws like `approveReply`, and reason_required. */
export function returnReply(desk: Desk, { replyId, hash, reason }: Parsed<'replies.return'>): Queued {
  const reportId = reportIdOfReply(desk, replyId)
  const payload = { replyId, hash, reason }
  const pending = sameActPending(desk, 'reply.return', reportId, payload)
  if (pending) return { mutationId: pending.mutationId, undoUntil: pending.undoUntil }
  const reply = requireDecision(desk, foldedReport(desk, reportId), replyId, 'return')
  if (!reason.trim()) throw new AppError('reason_required')
  if (hash !== reply.hash) throw new AppError('stale_content', `reply ${replyId}`)
  return enqueue(desk, { kind: 'reply.return', reportId, baseVersion: replyVersion(desk, replyId), payload })
}

function requireDecision(
  desk: Desk,
  { replies }: FoldedReport,
  replyId: string,
  action: 'approve' | 'return',
): Reply {
  const reply = replies.find((one) => one.id === replyId)
  if (!reply) throw new AppError('not_found', `reply ${replyId}`)
  const row = findReplyTransition(action, reply.state)
  if (!row) throw new AppError('wrong_state', reply.state)
  if (!row.roles.some((role) => desk.person.roles.includes(role))) throw new AppError('not_allowed', action)
  if (reply.authorId === desk.person.id) throw new AppError('four_eyes')
  return reply
}
