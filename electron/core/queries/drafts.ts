import type { AttachmentRef } from '@shared/domain/report.ts'
import type { ReplyKind } from '@shared/domain/reply.ts'
import type { Output } from '@shared/ipc/contract.ts'
import type { Draft } from '@shared/ipc/views.ts'
import type { Desk } from '../desk.ts'
import { personNames } from './people.ts'

interface Row {
  id: string
  reportId: string
  kind: ReplyKind
  body: string
  attachments: string
  authorId: string
  replyId: string | null
  savedAt: number
  submitted: number
  reportNumber: string
  reportSubject: string
}

const SELECT = `SELECT d.id, d.report_id AS reportId, d.kind, d.body, d.attachments, d.author_id AS authorId,
  d.reply_id AS replyId, d.saved_at AS savedAt, d.submitted, d.report_number AS reportNumber,
  d.report_subject AS reportSubject FROM drafts d`

/** One draft with whether it was handed in, or undefined. */
export function findDraft(
  desk: Pick<Desk, 'db'>,
  draftId: string,
): (Draft & { submitted: boolean }) | undefined {
  const row = desk.db.get<Row>(`${SELECT} WHERE d.id = ?`, draftId)
  return row && { ...view(desk)(row), submitted: row.submitted === 1 }
}

/** Drafts on a report that are not handed in, one's own first. */
export function draftsOf(desk: Pick<Desk, 'db' | 'person'>, reportId: string): Draft[] {
  return desk.db
    .all<Row>(
      `${SELECT} WHERE d.report_id = ? AND d.submitted = 0 ORDER BY d.author_id <> ?, d.saved_at DESC`,
      reportId,
      desk.person.id,
    )
    .map(view(desk))
}

/** My drafts on reports that are still here, the latest first. */
export function myDrafts(desk: Pick<Desk, 'db' | 'person'>): Output<'drafts.mine'> {
  return desk.db
    .all<Row>(
      `${SELECT} JOIN report_current c ON c.id = d.report_id WHERE d.author_id = ? AND d.submitted = 0
       ORDER BY d.saved_at DESC LIMIT 200`,
      desk.person.id,
    )
    .map((row) => ({ ...view(desk)(row), reportNumber: row.reportNumber, reportSubject: row.reportSubject }))
}

/** My drafts whose report left the agency: kept and readable (SYNC-06, DRAFT-01). */
export function orphanedDrafts(desk: Pick<Desk, 'db' | 'person'>): Draft[] {
  return desk.db
    .all<Row>(
      `${SELECT} WHERE d.author_id = ? AND NOT EXISTS (SELECT 1 FROM report_current c WHERE c.id = d.report_id)
       ORDER BY d.saved_at DESC LIMIT 200`,
      desk.person.id,
    )
    .map(view(desk))
}

function view(desk: Pick<Desk, 'db'>): (row: Row) => Draft {
  const nameOf = personNames(desk)
  return (row) => ({
    id: row.id,
    reportId: row.reportId,
    kind: row.kind,
    body: row.body,
    attachments: JSON.parse(row.attachments) as AttachmentRef[],
    authorId: row.authorId,
    authorName: nameOf(row.authorId) ?? '',
    savedAt: row.savedAt,
    replyId: row.replyId,
  })
}
