import { AppError } from '@shared/ipc/errors.ts'
import { appendAudit } from '../audit/chain.ts'
import type { Desk } from '../desk.ts'
import { findDraft } from '../queries/drafts.ts'

/** Only its author throws a draft away, and not while it is handed in (DRAFT-01). Throws AppError not_allowed or wrong_state. */
export function discardDraft(desk: Desk, draftId: string): void {
  const draft = findDraft(desk, draftId)
  if (!draft) return
  if (draft.authorId !== desk.person.id) throw new AppError('not_allowed', `draft ${draftId}`)
  if (draft.submitted) throw new AppError('wrong_state', 'handed in')
  desk.db.tx(() => {
    desk.db.run('DELETE FROM drafts WHERE id = ?', draftId)
    appendAudit(desk.db, {
      at: desk.host.now(),
      personId: desk.person.id,
      action: 'draft.discard',
      subjectId: draft.reportId,
      data: { draft: draftId, characters: draft.body.length },
    })
  })
  desk.stale(['drafts', `report:${draft.reportId}`])
}
