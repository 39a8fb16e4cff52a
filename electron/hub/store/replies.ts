import type { Reply } from '@shared/domain/reply.ts'
import type { Work } from '../context.ts'
import { putItem } from '../feed/put.ts'
import { addEntry } from './entries.ts'
import type { Held, Row } from './reports.ts'

/** A reply of this agency, locked; undefined when there is none. */
export async function lockReply(work: Work, agencyId: string, id: string): Promise<Row<Reply> | undefined> {
  const [row] = await work.q<Row<Reply>>(
    'select version, body from replies where id = $1 and agency_id = $2 for update',
    [id, agencyId],
  )
  return row
}

/** Stores a reply (version 0: new) as its next version and puts it in the feed. */
export async function saveReply(work: Work, agencyId: string, reply: Row<Reply>): Promise<void> {
  const { body } = reply
  const isNew = reply.version === 0
  reply.version++
  const params = [body.id, reply.version, JSON.stringify(body)]
  if (isNew) {
    await work.q(
      'insert into replies (id, version, body, report_id, agency_id) values ($1, $2, $3::jsonb, $4, $5)',
      [...params, body.reportId, agencyId],
    )
  } else {
    await work.q('update replies set version = $2, body = $3::jsonb where id = $1', params)
  }
  await putItem(work, { agencyId, kind: 'reply', id: body.id, version: reply.version, body })
}

/** Voids, visibly, every answer of a report that waits for approval: what it would approve is no longer what it was (APPR-02). */
export async function voidReplies(
  work: Work,
  held: Held,
  why: 'citizen_message' | 'flags_changed' | 'moved',
): Promise<void> {
  const { id, agencyId } = held.report.body
  const rows = await work.q<Row<Reply>>(
    `select version, body from replies where report_id = $1 and agency_id = $2 and state in ('submitted', 'approved') order by id for update`,
    [id, agencyId],
  )
  for (const reply of rows) {
    reply.body = { ...reply.body, state: 'voided', approverId: null, decidedAt: null }
    await saveReply(work, agencyId, reply)
    await addEntry(work, {
      reportId: id,
      agencyId,
      kind: 'system',
      action: 'reply_voided',
      data: { replyId: reply.body.id, why },
    })
  }
}
