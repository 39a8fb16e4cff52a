import type { DeskDb } from '../db/open.ts'

/** What the watchdog remembers between exchanges: since when, and how often, the hub answered without a receipt. */
export interface Watch {
  sinceMs: number | null
  answers: number
}

export const CALM: Watch = { sinceMs: null, answers: 0 }

/** An exchange that worked, as far as the watchdog cares. `unreceipted`: acts tried and still without the hub's word. */
export interface Answered {
  acknowledged: number
  unreceipted: number
  durationMs: number
  now: number
}

/** What a receipt may take at least before its absence means anything, ms. */
const LEAST_EXPECTED_MS = 10_000
/** Times the expected that nothing may be acknowledged (P16). */
const PATIENCE = 3

/** The watch after one more exchange that "worked"; `wedged` when acts wait and nothing was acknowledged for too long. */
export function watchReceipts(watch: Watch, answered: Answered): { watch: Watch; wedged: boolean } {
  if (answered.acknowledged > 0 || answered.unreceipted === 0) return { watch: CALM, wedged: false }
  // A clock put back begins a new watch; it must not make the old one wait for years.
  const sinceMs = Math.min(watch.sinceMs ?? answered.now, answered.now)
  const answers = watch.answers + 1
  const expected = Math.max(LEAST_EXPECTED_MS, answered.durationMs)
  const wedged = answers >= PATIENCE && answered.now - sinceMs >= PATIENCE * expected
  return { watch: { sinceMs, answers }, wedged }
}

/** Acts that were tried and wait for a receipt, whatever keeps them (a file refused, a hub that says nothing). */
export const unreceipted = (db: DeskDb): number =>
  db.get<{ n: number }>(
    `SELECT count(*) AS n FROM outbox WHERE state IN ('queued','sending') AND attempts > 0`,
  )!.n
