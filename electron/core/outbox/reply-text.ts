import type { AttachmentRef } from '@shared/domain/report.ts'
import type { DeskDb } from '../db/open.ts'

/** A submission whose text must not be lost. */
export interface Submission {
  id: string
  reportId: string | null
  personId: string
  payload: string
}

/**
 * Makes a submission's text a draft of its author again, keeping the draft it came from if that is still there with the
 * same words; another text of the same answer is no substitute for them (DRAFT-01).
 */
export function keepAsDraft(db: DeskDb, row: Submission, now: number): void {
  const reply = JSON.parse(row.payload) as {
    replyId: string
    kind: string
    body: string
    attachments: AttachmentRef[]
  }
  const found = db.run(
    'UPDATE drafts SET submitted = 0 WHERE author_id = ? AND (id = ? OR (reply_id = ? AND body = ?))',
    row.personId,
    row.id,
    reply.replyId,
    reply.body,
  )
  if (found.changes > 0 || !row.reportId) return
  const report = db.get<{ number: string; subject: string }>(
    'SELECT number, subject FROM report_current WHERE id = ?',
    row.reportId,
  )
  db.run(
    `INSERT INTO drafts (id, report_id, kind, body, attachments, author_id, reply_id, saved_at, submitted, report_number,
       report_subject) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)`,
    // The act's own id is unique and at hand; a draft made from it twice is the same draft.
    row.id,
    row.reportId,
    reply.kind,
    reply.body,
    JSON.stringify(reply.attachments),
    row.personId,
    reply.replyId,
    now,
    report?.number ?? '',
    report?.subject ?? '',
  )
}

/** The submission is on its way again: its draft, if nobody has changed it since, waits for the receipt once more. */
export function hideDraft(db: DeskDb, row: Pick<Submission, 'payload'>): void {
  const { replyId, body } = JSON.parse(row.payload) as { replyId: string; body: string }
  db.run('UPDATE drafts SET submitted = 1 WHERE reply_id = ? AND body = ?', replyId, body)
}
