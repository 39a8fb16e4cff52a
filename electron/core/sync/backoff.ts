/** First and longest wait between tries, milliseconds. */
export const BASE_MS = 1_000
export const CAP_MS = 300_000
/** Even a lucky draw leaves the link a moment. */
const LEAST_MS = 250

/** Full jitter: anywhere up to the doubled wait, so that desks cut off together do not return together. `draw` is 0–1. */
export function backoff(attempt: number, draw: number): number {
  const most = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt, 20))
  return Math.max(LEAST_MS, Math.round(draw * most))
}
