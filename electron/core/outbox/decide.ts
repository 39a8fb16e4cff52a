import { dependsOn, orderedOf } from '@shared/sync/depends.ts'
import { uuidv7 } from '@shared/domain/ids.ts'
import { AppError } from '@shared/ipc/errors.ts'
import { appendAudit } from '../audit/chain.ts'
import type { DeskDb } from '../db/open.ts'
import type { Desk } from '../desk.ts'
import { projectReport } from '../mirror/project.ts'
import { purgeSettled } from '../mirror/purge.ts'
import { hideDraft, keepAsDraft } from './reply-text.ts'
import { spoilNumber } from './spoil-number.ts'
import { topicsOf } from './topics.ts'

interface Row {
  n: number
  id: string
  kind: string
  reportId: string | null
  personId: string
  payload: string
  state: string
  attempts: number
  /** The hub has answered its last send. */
  answered: number
  reason: string | null
}

/** Takes back an act that no hub can have seen. Throws AppError not_found or wrong_state. Verifies SYNC-01. */
export function undo(desk: Desk, mutationId: string): void {
  const row = find(desk.db, mutationId)
  if (!isUnsent(row) || hasDependents(desk.db, row) || row.kind === 'letter.spoil')
    throw new AppError('wrong_state', row.state)
  leave(desk, row, 'outbox.undo')
}

/** A person gives an act up; a reply's text returns to the drafts first. Throws AppError not_found or wrong_state. */
export function discard(desk: Desk, mutationId: string): void {
  const row = find(desk.db, mutationId)
  const signedOut = row.state === 'signed_out' && (row.attempts === 0 || row.answered === 1)
  const refused = row.state === 'rejected' || row.state === 'conflict' || signedOut
  // The hub said that it did not even look at it.
  const untried = row.state === 'queued' && row.reason === 'depends_on'
  // Sent and unanswered, its fate is open: it may already have happened.
  if (!refused && !untried && !isUnsent(row)) throw new AppError('wrong_state', row.state)
  // Only the hub's refusal ends the duty to explain a number.
  if (row.kind === 'letter.spoil' && row.state !== 'rejected') throw new AppError('wrong_state', row.state)
  leave(desk, row, 'outbox.discard')
}

/** Sends a refused act again. Throws AppError not_found or wrong_state. */
export function retry(desk: Desk, mutationId: string): void {
  const row = find(desk.db, mutationId)
  if (row.state === 'signed_out') {
    // Same id, same content: an earlier send whose answer was lost may have taken effect under it.
    return change(desk, row, 'outbox.retry', {}, () => {
      desk.db.run(`UPDATE outbox SET state = 'queued' WHERE n = ?`, row.n)
      desk.wake()
    })
  }
  // Without its content, which left with its report, there is nothing to send.
  if (row.state !== 'rejected' || row.payload === 'null') throw new AppError('wrong_state', row.state)
  requeue(desk, row, 'outbox.retry', newId(desk))
}

/**
 * A person decides a clash (SYNC-07): `hub` gives mine up, `mine` sends it again on top of the hub's row. An answer to
 * a report that changed becomes a draft again instead: its author must read what is new (APPR-02).
 */
export function resolve(desk: Desk, mutationId: string, choice: 'mine' | 'hub'): void {
  const row = find(desk.db, mutationId)
  if (row.state !== 'conflict') throw new AppError('wrong_state', row.state)
  if (choice === 'hub' || row.kind === 'reply.submit') return leave(desk, row, `outbox.resolve_${choice}`)
  requeue(desk, row, 'outbox.resolve_mine', newId(desk))
}

function find(db: DeskDb, id: string): Row {
  const row = db.get<Row>(
    `SELECT n, id, kind, report_id AS reportId, person_id AS personId, payload, state, attempts,
       receipt IS NOT NULL AS answered, receipt ->> '$.reason' AS reason FROM outbox WHERE id = ?`,
    id,
  )
  if (!row) throw new AppError('not_found', 'no such act')
  return row
}

const isUnsent = (row: Row) => row.attempts === 0 && (row.state === 'held' || row.state === 'queued')

function hasDependents(db: DeskDb, row: Row): boolean {
  const order = orderedOf(row)
  return db
    .all<Row>(
      `SELECT kind, report_id AS reportId, payload FROM outbox
       WHERE report_id = ? AND n > ? AND state NOT IN ('applied','discarded')`,
      row.reportId,
      row.n,
    )
    .some((later) => dependsOn(orderedOf(later), order))
}

function leave(desk: Desk, row: Row, action: string): void {
  // A refusal has brought the text back already; what its author has done with it since stays done.
  const refused = row.state === 'rejected' || row.state === 'conflict'
  const giveUp = () =>
    change(desk, row, action, {}, (now) => {
      if (row.kind === 'reply.submit' && !refused) keepAsDraft(desk.db, row, now)
      desk.db.run(`UPDATE outbox SET state = 'discarded', held_until = NULL WHERE n = ?`, row.n)
      purgeSettled(desk.db, row.id)
    })
  if (row.kind === 'letter.issue') spoilNumber(desk, row, giveUp)
  else giveUp()
}

/**
 * Queues the act again in its old place. The hub keeps a refusal for ever under the id it refused, so a changed mind
 * needs a new id; the row, its place and its audit trail stay the same.
 */
function requeue(desk: Desk, row: Row, action: string, id: string): void {
  change(desk, row, action, { renewed: id }, () => {
    if (row.kind === 'reply.submit') hideDraft(desk.db, row)
    desk.db.run(
      `UPDATE outbox SET id = ?, base_version = ?, state = 'queued', attempts = 0, receipt = NULL, receipt_at = NULL
       WHERE n = ?`,
      id,
      currentVersion(desk.db, row),
      row.n,
    )
  })
  desk.wake()
}

function change(
  desk: Desk,
  row: Row,
  action: string,
  data: Record<string, string>,
  act: (now: number) => void,
): void {
  const now = desk.host.now()
  desk.db.tx(() => {
    act(now)
    appendAudit(desk.db, {
      at: now,
      personId: desk.person.id,
      action,
      subjectId: row.reportId,
      data: { mutation: row.id, kind: row.kind, ...data },
    })
    if (row.reportId) projectReport(desk.db, row.reportId, { now, settings: desk.settings() })
  })
  desk.stale(topicsOf(row.kind, row.reportId))
}

/** The version, as mirrored now, of the row an act changes. */
function currentVersion(db: DeskDb, row: Row): number {
  const { replyId } = orderedOf(row)
  const found =
    row.kind.startsWith('reply.') && replyId
      ? db.get<{ version: number }>(`SELECT version FROM m_rows WHERE kind = 'reply' AND id = ?`, replyId)
      : db.get<{ version: number }>('SELECT version FROM m_report_states WHERE id = ?', row.reportId)
  return found?.version ?? 0
}

const newId = ({ host }: Desk) => uuidv7(host.now(), host.random(10))
