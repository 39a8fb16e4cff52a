import type { ReportStateName } from '@shared/domain/report.ts'

/** `due_key` of an open report without a running clock. */
export const OPEN_WITHOUT_CLOCK = 4_000_000_000_000_000
const CLOSED_AFTER = 2 * OPEN_WITHOUT_CLOCK

/**
 * One key for "what is due first": open reports by their running clock, open ones without one, then closed ones, the
 * latest change first. A single ascending key lets a page continue by (due_key, rid).
 */
export const dueKey = (open: boolean, dueAt: number | null, updatedAt: number): number =>
  open ? (dueAt ?? OPEN_WITHOUT_CLOCK) : CLOSED_AFTER - updatedAt

/** Place of each state in the order of the work, not of the alphabet. */
export const STATE_RANK: Readonly<Record<ReportStateName, number>> = {
  received: 0,
  reopened: 1,
  verified: 2,
  awaiting_citizen: 3,
  disposed: 4,
  acknowledged: 5,
  scheduled: 6,
  referral_proposed: 7,
  archive_proposed: 8,
  resolved: 9,
  closed: 10,
  archived: 11,
  duplicate: 12,
  referred: 13,
}
