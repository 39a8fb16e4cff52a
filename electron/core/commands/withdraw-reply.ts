import { findReplyTransition } from '@shared/domain/workflow.ts'
import type { Queued } from '@shared/ipc/contract.ts'
import { AppError } from '@shared/ipc/errors.ts'
import type { Desk } from '../desk.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { foldedReport, replyVersion, reportIdOfReply } from '../queries/reports.ts'
import { sameActPending } from './guards.ts'

/** The author takes an answer back before it is decided. Throws AppError not_found, not_allowed or wrong_state. */
export function withdrawReply(desk: Desk, replyId: string): Queued {
  const reportId = reportIdOfReply(desk, replyId)
  const pending = sameActPending(desk, 'reply.withdraw', reportId, { replyId })
  if (pending) return { mutationId: pending.mutationId, undoUntil: pending.undoUntil }
  const reply = foldedReport(desk, reportId).replies.find((one) => one.id === replyId)
  if (!reply) throw new AppError('not_found', `reply ${replyId}`)
  if (!findReplyTransition('withdraw', reply.state)) throw new AppError('wrong_state', reply.state)
  if (reply.authorId !== desk.person.id) throw new AppError('not_allowed', 'another author')
  return enqueue(desk, {
    kind: 'reply.withdraw',
    reportId,
    baseVersion: replyVersion(desk, replyId),
    payload: { replyId },
  })
}
