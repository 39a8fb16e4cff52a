/** What was measured of the link; null until something was. Milliseconds and bytes per second. */
export interface Pace {
  /** From the end of a small request to the first byte of its answer, the hub's own work included. */
  rttMs: number | null
  downBps: number | null
  upBps: number | null
  /** Compressed bytes of a change of the feed. */
  changeBytes: number | null
}

export const UNMEASURED: Pace = { rttMs: null, downBps: null, upBps: null, changeBytes: null }

/** One request as it went. `answerMs`: until the answer began, null when nobody measured it. */
export interface PaceSample {
  bytesUp: number
  bytesDown: number
  answerMs: number | null
  totalMs: number
}

/** How long each phase of a request may take, ms. `silenceMs` is a wait without a byte, never a total (P19). */
export interface Patience {
  connectMs: number
  answerMs: number
  silenceMs: number
}

/** Silence after which a request counts as lost, however slow the link is. */
export const SILENCE_MS = 45_000
const CONNECT_MS = 20_000
/** Even a measured link of the worst kind is given up some day. */
const LONGEST_MS = 300_000
/** Smaller bodies travel in one window: they measure the round trip and say nothing about the rate. */
const RATE_FROM = 4096
/** A clock that jumped during a request measured nothing. */
const BELIEVED_MS = 3_600_000

/** The pace after one more request. A link that became slower is believed faster than one that recovered. */
export function learn(pace: Pace, { bytesUp, bytesDown, answerMs, totalMs }: PaceSample): Pace {
  if (totalMs <= 0 || totalMs > BELIEVED_MS) return pace
  const begun = Math.min(totalMs, answerMs ?? totalMs)
  const next = { ...pace }
  if (bytesUp < RATE_FROM && (answerMs !== null || bytesDown < RATE_FROM))
    next.rttMs = blend(pace.rttMs, begun, begun > (pace.rttMs ?? 0))
  const trip = next.rttMs ?? 0
  if (bytesDown >= RATE_FROM) {
    const rate = perSecond(bytesDown, totalMs - (answerMs ?? Math.min(trip, totalMs / 2)))
    next.downBps = blend(pace.downBps, rate, rate < (pace.downBps ?? Infinity))
  }
  if (bytesUp >= RATE_FROM) {
    const rate = perSecond(bytesUp, begun - Math.min(trip, begun / 2))
    next.upBps = blend(pace.upBps, rate, rate < (pace.upBps ?? Infinity))
  }
  return next
}

/** Fewer changes than this are mostly envelope. */
const CHANGES_FROM = 20

/** Compressed bytes of a change as lately seen; grows at once, shrinks slowly, so that long texts do not surprise. */
export function learnChangeBytes(known: number | null, bytesDown: number, changes: number): number | null {
  if (changes < CHANGES_FROM) return known
  const fresh = bytesDown / changes
  return known === null || fresh > known ? fresh : known + (fresh - known) * 0.3
}

/** What a request may take on this link: more round trips' worth on a slow one, plus the hub's own `workMs`. */
export function patienceFor({ rttMs }: Pace, workMs = 0): Patience {
  const rtt = rttMs ?? 0
  return {
    connectMs: Math.min(LONGEST_MS, CONNECT_MS + 6 * rtt),
    answerMs: Math.min(LONGEST_MS, SILENCE_MS + 4 * rtt + workMs),
    silenceMs: SILENCE_MS,
  }
}

/** How many bytes this link moves in `seconds`, within bounds; `most` while nothing is measured would be a bet, so `unknown`. */
export function bytesIn(
  bps: number | null,
  seconds: number,
  { least, most, unknown }: { least: number; most: number; unknown: number },
): number {
  return bps === null ? unknown : Math.round(Math.min(most, Math.max(least, bps * seconds)))
}

const perSecond = (bytes: number, ms: number) => (bytes * 1000) / Math.max(1, ms)

const blend = (old: number | null, fresh: number, worse: boolean): number =>
  old === null ? fresh : old + (fresh - old) * (worse ? 0.6 : 0.3)
