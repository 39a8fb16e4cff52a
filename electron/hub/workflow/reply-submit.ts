import { approvalText, type Reply } from '@shared/domain/reply.ts'
import { findReplyTransition, refusalOf } from '@shared/domain/workflow.ts'
import type { MutationOf } from '@shared/sync/mutations.ts'
import { sha256 } from '../auth/tokens.ts'
import { describeFiles, referAttachments } from '../store/attachments.ts'
import { addEntry } from '../store/entries.ts'
import { lockReply, saveReply } from '../store/replies.ts'
import type { Held, Row } from '../store/reports.ts'
import { actorOf, holdReport, reject, Refused, type Handlers, type Scope } from './scope.ts'

type Submit = MutationOf<'reply.submit'>

/** An author hands an answer in, or takes it back before it is decided. */
export const replySubmit: Handlers<'reply.submit' | 'reply.withdraw'> = {
  'reply.submit': async (scope, m) => {
    const held = await holdReport(scope, m.reportId)
    const { work, person, device } = scope
    const refusal = refusalOf('submit_reply', held.state.body.state, person.roles)
    if (refusal === 'wrong_state') throw new Refused('rejected', refusal, { state: held.state.body.state })
    if (refusal) throw reject(refusal)
    const found = await lockReply(work, device.agencyId, m.payload.replyId)
    if (!found) await requireNewId(scope, m.payload.replyId)
    if (found && found.body.reportId !== held.report.body.id) throw reject('id_reused')
    requireReplyState('submit', found, m.baseVersion)
    requireCurrent(held, m)
    const { replyId, kind, body: text, attachments, hash, reportVersion } = m.payload
    const revision = (found?.body.revision ?? 0) + 1
    const body: Reply = {
      id: replyId,
      reportId: held.report.body.id,
      kind,
      state: 'submitted',
      body: text,
      attachments: await describeFiles(work, attachments),
      authorId: person.id,
      hash,
      reportVersion,
      revision,
      submittedAt: work.now,
      approverId: null,
      decidedAt: null,
      returnReason: found?.body.returnReason ?? null,
      publishedAt: null,
    }
    const reply: Row<Reply> = { version: found?.version ?? 0, body }
    await saveReply(work, device.agencyId, reply)
    await referAttachments(
      work,
      body.reportId,
      attachments.map((a) => a.sha256),
    )
    await note(scope, body, 'submit_reply', { revision, kind })
    return reply.version
  },
  'reply.withdraw': async (scope, m) => {
    const { work, person, device } = scope
    const reply = await requireReply(scope, m)
    requireReplyState('withdraw', reply, m.baseVersion)
    if (reply.body.authorId !== person.id) throw reject('wrong_role')
    reply.body = { ...reply.body, state: 'withdrawn' }
    await saveReply(work, device.agencyId, reply)
    await note(scope, reply.body, 'withdraw_reply', {})
    return reply.version
  },
}

/** The mutation's reply, locked after its report. Throws Refused `unknown_reply`, `unknown_report` or `reassigned`. */
export async function requireReply(
  scope: Scope,
  m: { reportId: string | null; payload: { replyId: string } },
): Promise<Row<Reply>> {
  const held = await holdReport(scope, m.reportId)
  const reply = await lockReply(scope.work, scope.device.agencyId, m.payload.replyId)
  if (!reply || reply.body.reportId !== held.report.body.id) throw reject('unknown_reply')
  return reply
}

/** Throws Refused unless the table allows the action: a conflict when someone else moved the reply meanwhile. */
export function requireReplyState(
  action: 'submit' | 'withdraw' | 'approve' | 'return',
  reply: Row<Reply> | undefined,
  base: number,
): void {
  const state = reply?.body.state ?? 'none'
  if (findReplyTransition(action, state)) return
  throw new Refused(reply && reply.version > base ? 'conflict' : 'rejected', 'wrong_state', { state })
}

/** A system line about a reply. */
export async function note(
  scope: Scope,
  reply: Reply,
  action: string,
  data: Record<string, string | number | null>,
  text = '',
): Promise<void> {
  const actor = actorOf(scope)
  const { reportId } = reply
  const agencyId = scope.device.agencyId
  await addEntry(scope.work, {
    reportId,
    agencyId,
    kind: 'system',
    action,
    actor,
    text,
    data: { replyId: reply.id, ...data },
  })
}

/** The hash the hub computes for an answer to this report as it stands now (APPR-02). */
export function hashNow(
  held: Held,
  answer: Pick<Reply, 'kind' | 'body' | 'attachments'>,
  flags = held.state.body,
): string {
  const { kind, body, attachments } = answer
  const { anonymous, confidential } = flags
  const { id: reportId } = held.report.body
  return sha256(
    approvalText({
      reportId,
      reportVersion: held.report.version,
      kind,
      body,
      attachments,
      anonymous,
      confidential,
    }),
  )
}

/** Throws unless the answer is to the report as it stands now and the hash covers exactly it. */
function requireCurrent(held: Held, m: Submit): void {
  const { payload } = m
  const now = held.report.version
  if (payload.reportVersion !== now) throw new Refused('conflict', 'stale_content', { reportVersion: now })
  if (payload.hash === hashNow(held, payload)) return
  const { anonymous, confidential } = held.state.body
  // A hash that fits other privacy flags is no forgery: the author had not seen the change.
  for (const a of [true, false]) {
    for (const c of [true, false]) {
      if (payload.hash !== hashNow(held, payload, { ...held.state.body, anonymous: a, confidential: c }))
        continue
      throw new Refused('conflict', 'stale_content', { anonymous, confidential })
    }
  }
  throw reject('hash_mismatch')
}

async function requireNewId({ work }: Scope, replyId: string): Promise<void> {
  const rows = await work.q('select 1 from replies where id = $1', [replyId])
  if (rows.length > 0) throw reject('id_reused')
}
