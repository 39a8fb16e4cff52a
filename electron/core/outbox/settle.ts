import type { Topic } from '@shared/ipc/topics.ts'
import type { Receipt } from '@shared/sync/exchange.ts'
import { getMeta, setMeta } from '../db/meta.ts'
import type { DeskDb } from '../db/open.ts'
import { projectReport, type Projection } from '../mirror/project.ts'
import { purgeSettled } from '../mirror/purge.ts'
import { keepAsDraft } from './reply-text.ts'
import { topicsOf } from './topics.ts'

interface SentRow {
  id: string
  kind: string
  reportId: string | null
  personId: string
  payload: string
}

/**
 * Writes the hub's word on each act, in the caller's transaction. A receipt that names no waiting act changes nothing:
 * it answers an earlier send that was settled since. `hubTime` dates the receipts: this PC's clock may be years off.
 */
export function settle(
  db: DeskDb,
  receipts: readonly Receipt[],
  projection: Projection,
  hubTime: number = projection.now,
): Topic[] {
  const topics = new Set<Topic>()
  for (const receipt of receipts) {
    const row = db.get<SentRow>(
      `SELECT id, kind, report_id AS reportId, person_id AS personId, payload FROM outbox
       WHERE id = ? AND state IN ('held','queued','sending','signed_out')`,
      receipt.mutationId,
    )
    if (!row) continue
    write(db, row, receipt, { now: projection.now, hubTime })
    if (row.reportId) projectReport(db, row.reportId, projection)
    for (const topic of topicsOf(row.kind, row.reportId)) topics.add(topic)
  }
  return [...topics]
}

function write(
  db: DeskDb,
  row: SentRow,
  receipt: Receipt,
  { now, hubTime }: { now: number; hubTime: number },
): void {
  const applied = receipt.outcome === 'applied' || receipt.outcome === 'duplicate'
  const signedOut = receipt.outcome === 'rejected' && receipt.reason === 'session_expired'
  // Not judged: it goes again under its id when its author has decided about the act it depends on.
  const waits = receipt.outcome === 'rejected' && receipt.reason === 'depends_on'
  const state = applied ? 'applied' : signedOut ? 'signed_out' : waits ? 'queued' : receipt.outcome
  db.run(
    'UPDATE outbox SET state = ?, receipt = ?, receipt_at = ? WHERE id = ?',
    state,
    JSON.stringify(receipt),
    hubTime,
    row.id,
  )
  // The hub forgot this session; the act keeps its id and goes again after the person has signed in.
  if (signedOut) db.run('DELETE FROM sessions WHERE person_id = ?', row.personId)
  if (applied) purgeSettled(db, row.id)
  if (row.kind !== 'reply.submit') return
  const { replyId } = JSON.parse(row.payload) as { replyId: string }
  if (applied) db.run('DELETE FROM drafts WHERE reply_id = ? AND submitted = 1', replyId)
  else if (!signedOut && !waits) keepAsDraft(db, row, now)
}

/**
 * Lets acts the hub applied stop overlaying: call it in the transaction of a page that was read after their effect and
 * reached the feed's end (an exchange applies its acts before it reads the feed). Answers nothing to project twice.
 */
export function confirmApplied(db: DeskDb, projection: Projection): void {
  const reports = db.all<{ reportId: string }>(
    `SELECT DISTINCT report_id AS reportId FROM outbox
     WHERE state = 'applied' AND settled_seq IS NULL AND report_id IS NOT NULL`,
  )
  db.run(`UPDATE outbox SET settled_seq = n WHERE state = 'applied' AND settled_seq IS NULL`)
  for (const { reportId } of reports) projectReport(db, reportId, projection)
}

/**
 * A hub restored from a backup may have lost what it had acknowledged: offers those acts again, under the same ids. What
 * it acknowledged after `keptUpTo` (hub ms) on a report that has left is lost for certain, and its content was purged with
 * the report: it stands as refused, so that its author sees what has to be done again (SYNC-01, SYNC-06).
 */
export function offerAgain(db: DeskDb, since: number, keptUpTo = Number.MAX_SAFE_INTEGER): number {
  const lost = { outcome: 'rejected', version: null, reason: 'lost_in_restore', fields: null }
  db.run(
    `UPDATE outbox SET state = 'rejected', settled_seq = NULL, receipt = json_set(?, '$.mutationId', id)
     WHERE state = 'applied' AND payload = 'null' AND receipt_at > ?`,
    JSON.stringify(lost),
    keptUpTo,
  )
  const offered = `state = 'applied' AND receipt_at >= ? AND payload <> 'null'`
  // Their files may be lost there too; one that is not costs a question.
  db.run(
    `UPDATE attachments SET state = 'to_upload' WHERE state IN ('here', 'uploaded') AND file_key IS NOT NULL
       AND EXISTS (SELECT 1 FROM outbox WHERE kind IN ('reply.submit', 'letter.issue') AND ${offered}
         AND instr(payload, attachments.sha256) > 0)`,
    since,
  )
  const { changes } = db.run(
    `UPDATE outbox SET state = 'queued', receipt = NULL, settled_seq = NULL WHERE ${offered}`,
    since,
  )
  setMeta(db, 'offering_up_to', db.get<{ n: number }>('SELECT ifnull(max(n), 0) AS n FROM outbox')!.n)
  return changes
}

/** Notes which acts the hub has seen and put off until other PCs have offered theirs again. */
export function notePutOff(db: DeskDb, ids: readonly string[] = []): void {
  setMeta(db, 'put_off', ids.length > 0 ? JSON.stringify(ids) : null)
}

/** Whether acts that a restored hub has not seen are still to go to it, made before it was noticed. */
export function isOffering(db: DeskDb): boolean {
  const upTo = getMeta(db, 'offering_up_to')
  if (upTo === null) return false
  const unseen = `SELECT 1 FROM outbox WHERE n <= ? AND state IN ('held','queued','sending','signed_out')
    AND id NOT IN (SELECT value FROM json_each(?)) LIMIT 1`
  return db.get(unseen, Number(upTo), getMeta(db, 'put_off') ?? '[]') !== undefined
}
