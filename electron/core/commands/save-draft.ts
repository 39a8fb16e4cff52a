import { uuidv7 } from '@shared/domain/ids.ts'
import type { Parsed } from '@shared/ipc/contract.ts'
import { AppError } from '@shared/ipc/errors.ts'
import type { Draft } from '@shared/ipc/views.ts'
import type { Desk } from '../desk.ts'
import { findDraft } from '../queries/drafts.ts'

type Saved = Parsed<'drafts.save'>

/**
 * Keeps what is being typed, durably, and answers it. Each author has one open draft per report and kind; a second
 * appears only where one would overwrite other words. Never refuses a text because the report or draft is gone
 * (DRAFT-01). Throws AppError not_allowed for another author's draft.
 */
export function saveDraft(desk: Desk, input: Saved): Draft {
  const id = desk.db.tx(() => write(desk, input))
  desk.stale(['drafts', `report:${input.reportId}`])
  return viewOf(desk, id)
}

function viewOf(desk: Desk, id: string): Draft {
  const { submitted: _, ...draft } = findDraft(desk, id)!
  return draft
}

function write(desk: Desk, input: Saved): string {
  const { db, host, person } = desk
  const { reportId, kind, body, replyId } = input
  const attachments = JSON.stringify(input.attachments)
  const target = draftToContinue(desk, input)
  if (target) {
    db.run(
      'UPDATE drafts SET kind = ?, body = ?, attachments = ?, reply_id = ifnull(?, reply_id), saved_at = ? WHERE id = ?',
      kind,
      body,
      attachments,
      replyId,
      host.now(),
      target,
    )
    return target
  }
  const id = uuidv7(host.now(), host.random(10))
  const report = db.get<{ number: string; subject: string }>(
    'SELECT number, subject FROM report_current WHERE id = ?',
    reportId,
  )
  db.run(
    `INSERT INTO drafts (id, report_id, kind, body, attachments, author_id, reply_id, saved_at, report_number, report_subject)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    reportId,
    kind,
    body,
    attachments,
    person.id,
    replyId,
    host.now(),
    report?.number ?? '',
    report?.subject ?? '',
  )
  return id
}

/** The draft to write into, or null for a new one. A draft already handed in is left as it was handed in. */
function draftToContinue(desk: Desk, { draftId, reportId, kind, body }: Saved): string | null {
  if (draftId !== null) {
    const named = findDraft(desk, draftId)
    if (named && named.authorId !== desk.person.id) throw new AppError('not_allowed', `draft ${draftId}`)
    if (named && !named.submitted && named.reportId === reportId) return named.id
  }
  const open = desk.db.get<{ id: string; body: string }>(
    'SELECT id, body FROM drafts WHERE author_id = ? AND report_id = ? AND kind = ? AND submitted = 0 ORDER BY saved_at DESC',
    desk.person.id,
    reportId,
    kind,
  )
  return open && body.startsWith(open.body.trimEnd()) ? open.id : null
}
