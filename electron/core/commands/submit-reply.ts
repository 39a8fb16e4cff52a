import { uuidv7 } from '@shared/domain/ids.ts'
import { findReplyTransition } from '@shared/domain/workflow.ts'
import type { Output } from '@shared/ipc/contract.ts'
import { AppError } from '@shared/ipc/errors.ts'
import type { Draft } from '@shared/ipc/views.ts'
import type { Desk } from '../desk.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { findDraft } from '../queries/drafts.ts'
import { foldedReport, replyVersion, type FoldedReport } from '../queries/reports.ts'
import { contentHash } from './content-hash.ts'
import { requireAction, sameActPending } from './guards.ts'

/**
 * Hands a draft in exactly as saved. The draft stays until the hub has it, hidden, so that a refusal brings it back
 * (SYNC-01, DRAFT-01). Throws AppError not_found, not_allowed, wrong_state or bad_input.
 */
export function submitReply(desk: Desk, draftId: string): Output<'replies.submit'> {
  const draft = findDraft(desk, draftId)
  if (!draft) throw new AppError('not_found', `draft ${draftId}`)
  if (draft.authorId !== desk.person.id) throw new AppError('not_allowed', 'another author')
  const folded = foldedReport(desk, draft.reportId)
  if (draft.submitted) return alreadyHandedIn(desk, draft, folded)
  requireAction(desk, 'submit_reply', folded.state.state)
  if (!draft.body.trim()) throw new AppError('bad_input', 'an empty answer', { body: 'empty' })
  requireFiles(desk, draft)
  const replyId = replyIdFor(desk, draft, folded)
  const queued = enqueue(
    desk,
    {
      kind: 'reply.submit',
      reportId: draft.reportId,
      baseVersion: replyVersion(desk, replyId),
      payload: {
        replyId,
        kind: draft.kind,
        body: draft.body,
        attachments: draft.attachments,
        hash: contentHash(folded, draft),
        reportVersion: folded.version,
      },
    },
    () => desk.db.run('UPDATE drafts SET submitted = 1, reply_id = ? WHERE id = ?', replyId, draftId),
  )
  return { ...queued, replyId }
}

/** A second click: the first one's act. */
function alreadyHandedIn(desk: Desk, draft: Draft, { acts }: FoldedReport): Output<'replies.submit'> {
  const act = acts.findLast((one) => one.kind === 'reply.submit' && one.payload.replyId === draft.replyId)
  const pending = act && sameActPending(desk, 'reply.submit', draft.reportId, act.payload)
  if (!pending || !draft.replyId) throw new AppError('wrong_state', 'handed in')
  return { mutationId: pending.mutationId, undoUntil: pending.undoUntil, replyId: draft.replyId }
}

/** The reply that a draft continues, where the table allows another submission of it; else a new one. */
function replyIdFor(desk: Desk, draft: Draft, { replies }: FoldedReport): string {
  const continued = draft.replyId === null ? undefined : replies.find((reply) => reply.id === draft.replyId)
  if (continued?.state === 'submitted') throw new AppError('wrong_state', 'this answer waits for a decision')
  if (continued && continued.kind === draft.kind && findReplyTransition('submit', continued.state))
    return continued.id
  return uuidv7(desk.host.now(), desk.host.random(10))
}

/** An answer names only files that are on this desk or at the hub. */
function requireFiles(desk: Desk, draft: Draft): void {
  for (const file of draft.attachments)
    if (!desk.db.get('SELECT 1 FROM attachments WHERE sha256 = ?', file.sha256))
      throw new AppError('bad_input', `attachment ${file.sha256}`, { attachments: 'unknown' })
}
