import type { ReplyKind } from '@shared/domain/reply.ts'
import type { AttachmentRef } from '@shared/domain/report.ts'
import type { Draft, ReplyView, ReportDetail } from '@shared/ipc/views.ts'

/** What a draft holds while it is written. */
export interface DraftContent {
  kind: ReplyKind
  body: string
  attachments: readonly AttachmentRef[]
}

/** Where the editor starts. `draftId` null: nothing is stored until the first change. */
export interface DraftStart extends DraftContent {
  draftId: string | null
  /** The reply that is written anew, when it was returned, withdrawn or voided. */
  replyId: string | null
  savedAt: number | null
}

/** What the person asked for, from the address of the screen; empty strings mean "you choose". */
export interface Wanted {
  kind: string
  reply: string
  draft: string
}

type Part = Pick<ReportDetail, 'drafts' | 'replies' | 'response'>

const REWRITABLE = new Set(['returned', 'withdrawn', 'voided'])

/** Whether a reply's text may be the start of a new submission. */
export const isRewritable = (reply: Pick<ReplyView, 'state'>): boolean => REWRITABLE.has(reply.state)

const newestFirst = <T extends { savedAt: number }>(items: readonly T[]): T[] =>
  items.toSorted((a, b) => b.savedAt - a.savedAt)

/** A person's own drafts of the report, newest first. */
export const draftsOf = (drafts: readonly Draft[], personId: string): Draft[] =>
  newestFirst(drafts.filter((draft) => draft.authorId === personId))

/** Drafts of everybody else: read, never written over. */
export const draftsOfOthers = (drafts: readonly Draft[], personId: string): Draft[] =>
  newestFirst(drafts.filter((draft) => draft.authorId !== personId))

const ofDraft = (draft: Draft): DraftStart => ({ ...draft, draftId: draft.id })

/** The returned text as the start of a draft. Another author's reply becomes a reply of its own. */
export const ofReply = (reply: ReplyView, personId: string): DraftStart => ({
  draftId: null,
  kind: reply.kind,
  body: reply.body,
  attachments: reply.attachments,
  replyId: reply.authorId === personId ? reply.id : null,
  savedAt: null,
})

/** An empty draft; the kind that the clocks ask for unless one is wanted. */
export const blankDraft = (detail: Pick<Part, 'response'>, kind: string): DraftStart => ({
  draftId: null,
  kind:
    kind === 'final' || kind === 'acknowledgement'
      ? kind
      : detail.response.status === 'met'
        ? 'final'
        : 'acknowledgement',
  body: '',
  attachments: [],
  replyId: null,
  savedAt: null,
})

/** My returned reply that nothing newer of the same kind has replaced. */
function returnedToMe({ replies }: Part, personId: string, kind: string): ReplyView | undefined {
  return replies
    .filter((reply) => reply.authorId === personId && isRewritable(reply) && (!kind || reply.kind === kind))
    .filter(
      (reply) => !replies.some((other) => other.kind === reply.kind && other.submittedAt > reply.submittedAt),
    )
    .toSorted((a, b) => b.submittedAt - a.submittedAt)[0]
}

/** Finds the text to go on with: the wanted one, my newest draft, what came back to me, or an empty page (DRAFT-01). */
export function chooseDraft(detail: Part, personId: string, wanted: Wanted): DraftStart {
  const mine = draftsOf(detail.drafts, personId)
  const draft = wanted.draft
    ? mine.find((d) => d.id === wanted.draft)
    : wanted.reply
      ? mine.find((d) => d.replyId === wanted.reply)
      : mine.find((d) => !wanted.kind || d.kind === wanted.kind)
  if (draft) return ofDraft(draft)
  const reply = wanted.reply
    ? detail.replies.find((r) => r.id === wanted.reply && isRewritable(r))
    : returnedToMe(detail, personId, wanted.kind)
  return reply ? ofReply(reply, personId) : blankDraft(detail, wanted.kind)
}
