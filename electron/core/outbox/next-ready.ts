import { dependsOn, orderedOf, type Ordered } from '@shared/sync/depends.ts'
import { MAX_MUTATIONS } from '@shared/sync/exchange.ts'
import type { Mutation } from '@shared/sync/mutations.ts'
import type { DeskDb } from '../db/open.ts'

interface OpenRow {
  id: string
  kind: string
  personId: string
  reportId: string | null
  baseVersion: number
  madeAt: number
  payload: string
  state: string
}

/** No hold lasts longer, ms: a later time means that the PC's clock was put back meanwhile. */
const LONGEST_HOLD_MS = 60_000

/** Lets go what was held for undo and is due; `all` when a person asked to send now. */
export function releaseHeld(db: DeskDb, now: number, all = false): void {
  db.run(
    `UPDATE outbox SET state = 'queued', held_until = NULL
     WHERE state = 'held' AND (held_until NOT BETWEEN ? AND ? OR ?)`,
    now + 1,
    now + LONGEST_HOLD_MS,
    Number(all),
  )
}

/** When the next held act is due (ms UTC), or null. */
export function nextHeldUntil(db: DeskDb): number | null {
  return (
    db.get<{ at: number | null }>(`SELECT min(held_until) AS at FROM outbox WHERE state = 'held'`)?.at ?? null
  )
}

/**
 * Follows the sessions: acts of people the hub would not know wait visibly as `signed_out`, and go on when they may. One
 * that was sent and never answered goes all the same: only the hub can say whether it happened, and without a session it
 * says no more than that (SYNC-02).
 */
export function followSessions(db: DeskDb): void {
  const hasSession = 'EXISTS (SELECT 1 FROM sessions s WHERE s.person_id = outbox.person_id)'
  db.run(`UPDATE outbox SET state = 'queued' WHERE state = 'signed_out' AND ${hasSession}`)
  const answered = '(attempts = 0 OR receipt IS NOT NULL)'
  db.run(
    `UPDATE outbox SET state = 'signed_out' WHERE state IN ('queued', 'sending') AND NOT ${hasSession} AND ${answered}`,
  )
}

/**
 * The acts that may travel now, oldest first, at most `limit`. An act behind a refused, clashing, held or unsendable
 * one waits only when it depends on it; everything else goes on (SYNC-04). `mayGo` keeps back what lacks its files.
 */
export function nextReady(
  db: DeskDb,
  mayGo: (mutation: Mutation) => boolean = () => true,
  limit = MAX_MUTATIONS,
): Mutation[] {
  const ready: Mutation[] = []
  const waiting = new Map<string, Ordered[]>()
  for (const row of openRows(db)) {
    const order = orderedOf(row)
    const ahead = row.reportId === null ? [] : (waiting.get(row.reportId) ?? [])
    const mutation = mutationOf(row)
    const sendable = row.state === 'queued' || row.state === 'sending'
    if (sendable && !ahead.some((other) => dependsOn(order, other)) && mayGo(mutation)) {
      ready.push(mutation)
      if (ready.length === limit) break
    } else if (row.reportId !== null) waiting.set(row.reportId, [...ahead, order])
  }
  return ready
}

/** The open acts that wait behind a refused or clashing one they depend on, by id: which kind of act that is. */
export function waitingBehind(db: DeskDb): ReadonlyMap<string, string> {
  const refused: { order: Ordered; kind: string }[] = []
  const behind = new Map<string, string>()
  for (const row of openRows(db)) {
    const order = orderedOf(row)
    const ahead = refused.find((one) => dependsOn(order, one.order))
    const isRefused = row.state === 'rejected' || row.state === 'conflict'
    if (ahead && !isRefused) behind.set(row.id, ahead.kind)
    if (ahead ?? isRefused) refused.push({ order, kind: isRefused ? row.kind : ahead!.kind })
  }
  return behind
}

function openRows(db: DeskDb): OpenRow[] {
  return db.all<OpenRow>(
    `SELECT id, kind, person_id AS personId, report_id AS reportId, base_version AS baseVersion, made_at AS madeAt,
            payload, state
     FROM outbox WHERE state NOT IN ('applied','discarded') ORDER BY n`,
  )
}

/** Marks acts as being sent; an earlier answer says nothing any more. What stays `sending` after a crash has an unknown fate and is sent again under its id. */
export function markSending(db: DeskDb, ids: readonly string[], carrier: string, now: number): void {
  for (const id of ids)
    db.run(
      `UPDATE outbox SET state = 'sending', attempts = attempts + 1, carrier = ?, sent_at = ?, receipt = NULL,
         receipt_at = NULL WHERE id = ?`,
      carrier,
      now,
      id,
    )
}

/** Nothing is being sent any more: without a receipt an act is simply queued again. */
export function unmarkSending(db: DeskDb): void {
  db.run(`UPDATE outbox SET state = 'queued' WHERE state = 'sending'`)
}

function mutationOf({ payload, state: _, ...row }: OpenRow): Mutation {
  // Only enqueue writes payloads, and it parses them by their kind's schema.
  return { ...row, v: 1, payload: JSON.parse(payload) } as Mutation
}
