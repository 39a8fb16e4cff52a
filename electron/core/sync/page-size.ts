import { bytesIn, type Pace } from '../hub-client/pace.ts'

/** Most changes of one page: a page is one transaction, and a click waits behind it. */
export const PAGE_CHANGES = 500
const LEAST_CHANGES = 20
/** First page on a link nobody has measured: small enough for 64 kbit/s, and it measures. */
const FIRST_CHANGES = 100
/** A page takes ten seconds at most; a link that is getting worse needs the rest. */
const PAGE_SECONDS = 7
/** Compressed bytes of a change before any was seen. */
const USUAL_BYTES = 250

/** Changes to ask for, so that one page takes at most about ten seconds on this link. */
export function pageChanges({ downBps, changeBytes }: Pace): number {
  const cost = Math.max(20, changeBytes ?? USUAL_BYTES)
  const unknown = FIRST_CHANGES * cost
  const bytes = bytesIn(downBps, PAGE_SECONDS, { least: 0, most: PAGE_CHANGES * cost, unknown })
  return Math.min(PAGE_CHANGES, Math.max(LEAST_CHANGES, Math.floor(bytes / cost)))
}
