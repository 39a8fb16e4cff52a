import type { Lease, Letter, NumberGap } from './letter.ts'
import { compareNumbers } from './numbering.ts'

type Row = Pick<Letter, 'n' | 'suffix' | 'state'>
type Passed = Pick<NumberGap, 'from' | 'to'>
type Block = Pick<Lease, 'from' | 'to' | 'deviceId' | 'expiresAt'>

/** Why a number has no letter. `expired`: leased once and never reported used; treat as unexplained until its device speaks.
 * `restored`: passed over when the hub came back from a backup. */
export type GapReason = 'leased_here' | 'leased_elsewhere' | 'expired' | 'restored' | 'unexplained'

/** Numbers [from, to] of a register and year without a letter, all for one reason. */
export interface Gap {
  from: number
  to: number
  why: GapReason
  deviceId: string | null
}

/** Totals at the head of the gap report; `last` is the highest number used. */
export interface RegisterTotals {
  last: number
  used: number
  void: number
  inserted: number
  unexplained: number
  leased: number
}

/**
 * The numbers of one register and year that no letter has, in order, as ranges. Numbers above the last one used are
 * gaps only where they are leased or passed over for good: nobody has skipped them.
 */
export function gapsOf(
  rows: readonly Row[],
  leases: readonly Block[],
  passed: readonly Passed[],
  { deviceId, now }: { deviceId: string; now: number },
): Gap[] {
  const used = new Set(rows.map((row) => row.n))
  const last = rows.reduce((top, row) => Math.max(top, row.n), 0)
  const end = [...leases, ...passed].reduce((top, block) => Math.max(top, block.to), last)
  const gaps: Gap[] = []
  for (let n = 1; n <= end; n++) {
    if (used.has(n)) continue
    const covers = (block: Passed) => n >= block.from && n <= block.to
    const lease = leases.find(covers)
    const isPassed = passed.some(covers)
    if (!lease && !isPassed && n > last) continue
    const why = lease ? leaseReason(lease, deviceId, now) : isPassed ? 'restored' : 'unexplained'
    const holder = lease?.deviceId ?? null
    const previous = gaps.at(-1)
    if (previous && previous.to === n - 1 && previous.why === why && previous.deviceId === holder)
      previous.to = n
    else gaps.push({ from: n, to: n, why, deviceId: holder })
  }
  return gaps
}

function leaseReason(lease: Block, deviceId: string, now: number): GapReason {
  if (lease.expiresAt <= now) return 'expired'
  return lease.deviceId === deviceId ? 'leased_here' : 'leased_elsewhere'
}

/** The totals of the gap report and of the year's closing record. */
export function registerTotals(rows: readonly Row[], gaps: readonly Gap[]): RegisterTotals {
  const size = (why: readonly GapReason[]) =>
    gaps.filter((gap) => why.includes(gap.why)).reduce((sum, gap) => sum + gap.to - gap.from + 1, 0)
  return {
    last: rows.reduce((top, row) => Math.max(top, row.n), 0),
    used: rows.filter((row) => row.state === 'issued').length,
    void: rows.filter((row) => row.state === 'void').length,
    inserted: rows.filter((row) => row.suffix !== '').length,
    unexplained: size(['unexplained', 'expired']),
    leased: size(['leased_here', 'leased_elsewhere']),
  }
}

/** Rows in the order of the paper register. */
export const inRegisterOrder = <R extends Row>(rows: readonly R[]): R[] => rows.toSorted(compareNumbers)

/**
 * The number this device takes next: the lowest unused one of its live leases for the year; null when it has none
 * and must ask (LETT-01). A number once used, void or inserted after is never taken again.
 */
export function nextLeasedNumber(
  rows: readonly Row[],
  leases: readonly Block[],
  deviceId: string,
  now: number,
): number | null {
  const used = new Set(rows.map((row) => row.n))
  const mine = leases.filter((lease) => lease.deviceId === deviceId && lease.expiresAt > now)
  for (const lease of mine.toSorted((a, b) => a.from - b.from))
    for (let n = lease.from; n <= lease.to; n++) if (!used.has(n)) return n
  return null
}
