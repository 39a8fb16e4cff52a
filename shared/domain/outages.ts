import { dateAt, dayOfDate, endOfDay } from './days.ts'
import { LINK_FAILURES } from '../ipc/errors.ts'

/** A line of the link log, as far as outages are derived from it. */
export interface LinkRow {
  at: number
  result: string
  durationMs: number
}

/** A stretch of time, ms UTC. */
interface Span {
  from: number
  to: number
}

/** The hub out of reach. `to` null: still so. `spans`: when this app was trying; between them it was closed. */
export interface Outage {
  from: number
  to: number | null
  spans: Span[]
  tries: number
  reasons: string[]
}

/** Shorter ones are the weather of every link. */
export const LEAST_OUTAGE_MS = 600_000
/** The engine tries at least every five minutes; a longer silence means that the app was closed and saw nothing. */
const UNWATCHED_MS = 900_000

const WORKED = new Set(['ok', 'resync'])
const DOWN = new Set<string>([...LINK_FAILURES, 'hub_error'])

const length = (spans: readonly Span[]) => spans.reduce((sum, span) => sum + span.to - span.from, 0)

/** Time of an outage in which this app was trying, ms. */
export const watchedMs = (outage: Outage): number => length(outage.spans)

/** Time of an outage in which the app was closed: it may have been down or not, so it is never counted. */
export const unwatchedMs = ({ spans }: Outage): number => spans.at(-1)!.to - spans[0]!.from - length(spans)

/**
 * Outages of at least ten minutes, from the last success to the next one. Only time the app was trying counts: a PC that
 * was off overnight proves nothing about the night. Rows in the order they were written, whatever the clock said.
 */
export function outagesOf(rows: Iterable<LinkRow>, now: number): Outage[] {
  const found: Outage[] = []
  let lastGood: number | null = null
  let open: Outage | null = null
  const near = (a: number, b: number) => b - a <= UNWATCHED_MS && b >= a
  const close = (outage: Outage, at: number, to: number | null) => {
    const last = outage.spans.at(-1)!
    if (near(last.to, at)) last.to = at
    if (watchedMs(outage) >= LEAST_OUTAGE_MS) found.push({ ...outage, to: to === null ? null : last.to })
  }
  for (const { at, result, durationMs } of rows) {
    const end = at + Math.max(0, durationMs)
    if (WORKED.has(result)) {
      if (open) close(open, at, at)
      open = null
      lastGood = end
    } else if (DOWN.has(result)) {
      if (open) extend(open, { from: at, to: end }, near)
      else {
        const from: number = lastGood !== null && near(lastGood, at) ? lastGood : at
        open = { from, to: null, spans: [{ from, to: end }], tries: 0, reasons: [] }
      }
      open.tries++
      if (!open.reasons.includes(result)) open.reasons.push(result)
    }
  }
  if (open) close(open, now, null)
  return found
}

function extend(outage: Outage, span: Span, near: (a: number, b: number) => boolean): void {
  const last = outage.spans.at(-1)!
  if (near(last.to, span.from)) last.to = Math.max(last.to, span.to)
  else if (span.from > last.to) outage.spans.push(span)
}

/** Watched minutes without the hub per office day, in order; days without an outage are left out. */
export function outageDays(
  outages: readonly Outage[],
  utcOffsetMinutes: number,
): { date: string; ms: number; outages: number }[] {
  const days = new Map<string, { ms: number; outages: Set<Outage> }>()
  for (const outage of outages)
    for (const span of outage.spans)
      for (let from = span.from; from < span.to;) {
        const date = dateAt(from, utcOffsetMinutes)
        const to = Math.min(span.to, endOfDay(dayOfDate(date), utcOffsetMinutes) + 1)
        const day = days.get(date) ?? { ms: 0, outages: new Set() }
        day.ms += to - from
        day.outages.add(outage)
        days.set(date, day)
        from = to
      }
  return [...days]
    .map(([date, day]) => ({ date, ms: day.ms, outages: day.outages.size }))
    .sort((a, b) => (a.date < b.date ? -1 : 1))
}

/** The same outages, only what lies in the period. */
export function within(outages: readonly Outage[], since: number): Outage[] {
  return outages
    .map((outage) => {
      const spans = outage.spans
        .filter((span) => span.to > since)
        .map((span) => ({ from: Math.max(since, span.from), to: span.to }))
      return { ...outage, from: Math.max(since, outage.from), spans }
    })
    .filter((outage) => outage.spans.length > 0)
}
