import { bytesIn, type Pace } from '../hub-client/pace.ts'

/** Most changes of one page: what a hub reads at once and both sides hold in memory. */
export const PAGE_CHANGES = 1000
const LEAST_CHANGES = 20
/** First page on a link nobody has measured: the office, twenty reports, and it measures. */
const FIRST_CHANGES = 150
/** A page takes ten seconds at most; a link that is getting worse needs the rest. */
const PAGE_SECONDS = 7
/** The first pages are shorter: people wait for the most urgent reports. */
const FIRST_SECONDS = 2
/** Compressed bytes of a change before any was seen. */
const USUAL_BYTES = 150
/** A slow link's page may hold more changes than a fast one's: there the wait is the link's. */
const SLOW_CHANGES = 3000

/** What to ask for, so that one page takes at most about ten seconds on this link, and the first ones two. */
export function pageSize({ downBps, changeBytes }: Pace, first: boolean) {
  const cost = Math.max(20, changeBytes ?? USUAL_BYTES)
  const seconds = first ? FIRST_SECONDS : PAGE_SECONDS
  const unknown = FIRST_CHANGES * cost
  const most = SLOW_CHANGES * cost
  const bytes = bytesIn(downBps, seconds, { least: 0, most, unknown })
  const affordable = Math.max(LEAST_CHANGES, Math.floor(bytes / cost))
  // Only a link that could not carry so much in time gains from fewer, longer pages.
  const maxChanges = bytes < most ? affordable : PAGE_CHANGES
  return {
    maxChanges: Math.min(SLOW_CHANGES, maxChanges),
    maxBytes: Math.max(LEAST_BYTES, Math.round(bytes)),
  }
}

/** Below this a page would be mostly envelope. */
const LEAST_BYTES = 4096
