import { z } from 'zod'
import { Id, Millis, Sha256, text } from './ids.ts'
import { AttachmentRef, MAX_REPLY } from './report.ts'

/** `acknowledgement` meets the response clock (respon awal); `final` meets the settlement clock (substantif). */
export const ReplyKind = z.enum(['acknowledgement', 'final'])
export type ReplyKind = z.infer<typeof ReplyKind>

/** `draft` exists only on the desk that writes it; only the hub sets `published` and `voided`. */
export const ReplyStateName = z.enum([
  'draft',
  'submitted',
  'returned',
  'approved',
  'published',
  'withdrawn',
  'voided',
])
export type ReplyStateName = z.infer<typeof ReplyStateName>

/** Feed kind `reply`. `hash` is the hash the author submitted; an approval names the same one (APPR-02). */
export const Reply = z.object({
  id: Id,
  reportId: Id,
  kind: ReplyKind,
  state: ReplyStateName,
  body: text(MAX_REPLY),
  attachments: z.array(AttachmentRef).max(10),
  authorId: Id,
  hash: Sha256,
  /** Version of the `report` row that this answers. */
  reportVersion: z.int().positive(),
  /** 1 for the first submission, then one more for each resubmission after a return. */
  revision: z.int().positive(),
  submittedAt: Millis,
  /** Who decided last: approved, or returned with a reason. */
  approverId: Id.nullable(),
  decidedAt: Millis.nullable(),
  returnReason: text(2000).nullable(),
  publishedAt: Millis.nullable(),
})
export type Reply = z.infer<typeof Reply>

/** Everything an approval covers. */
export interface ApprovalContent {
  reportId: string
  reportVersion: number
  kind: ReplyKind
  body: string
  attachments: readonly { sha256: string; name: string }[]
  anonymous: boolean
  confidential: boolean
}

/**
 * The canonical text whose SHA-256 (UTF-8, lower-case hex) is the approval hash (APPR-02).
 * Fixed key order; desk and hub must produce the same bytes.
 */
export function approvalText(content: ApprovalContent): string {
  return JSON.stringify([
    'meja-lapor/approval/1',
    content.reportId,
    content.reportVersion,
    content.kind,
    content.body,
    content.attachments.map((a) => [a.sha256, a.name]),
    content.anonymous,
    content.confidential,
  ])
}
