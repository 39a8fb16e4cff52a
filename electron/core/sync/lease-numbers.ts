import { dateAt } from '@shared/domain/days.ts'
import type { AgencySettings } from '@shared/domain/settings.ts'
import type { DeskDb } from '../db/open.ts'
import type { Desk } from '../desk.ts'
import { mirroredRows } from '../mirror/rows.ts'
import { enqueue } from '../outbox/enqueue.ts'

/** Below this many numbers left, the desk asks for more. */
export const FEW_LEFT = 5
/** Numbers asked for at once: enough for weeks offline, few enough that gaps stay explicable. */
export const LEASE_SIZE = 20

/**
 * Least time between two requests for one register. Numbers once given are never taken back, so whatever keeps a lease
 * from counting here (a clock that is years ahead) must not drain the register.
 */
export const ASK_AGAIN_MS = 3_600_000

/** Asks the hub for letter numbers before this PC runs out of them (LETT-01). True when it asked. */
export function leaseNumbers(desk: Desk): boolean {
  const settings = desk.settings()
  if (!settings) return false
  const wanted = registersRunningOut(desk.db, settings, desk.device.id, desk.host.now())
  for (const { registerId, year } of wanted)
    enqueue(desk, {
      kind: 'register.lease',
      reportId: null,
      baseVersion: 0,
      payload: { registerId, year, size: LEASE_SIZE },
    })
  return wanted.length > 0
}

/** Registers of the office's profiles with too few numbers left here for the office's current year, and no request open. */
export function registersRunningOut(db: DeskDb, settings: AgencySettings, deviceId: string, now: number) {
  const year = Number(dateAt(now, settings.calendar.utcOffsetMinutes).slice(0, 4))
  const registers = new Set(settings.letterProfiles.map((profile) => profile.register.id))
  return [...registers]
    .filter((registerId) => !isAsked(db, registerId, year, now))
    .filter((registerId) => numbersLeft(db, registerId, year, deviceId, now) < FEW_LEFT)
    .map((registerId) => ({ registerId, year }))
}

/** Leased numbers this PC has neither used nor let expire. */
function numbersLeft(db: DeskDb, registerId: string, year: number, deviceId: string, now: number): number {
  const leases = mirroredRows(db, 'lease').filter(
    (lease) =>
      lease.deviceId === deviceId &&
      lease.registerId === registerId &&
      lease.year === year &&
      lease.expiresAt > now,
  )
  const used = new Set(
    db
      .all<{ n: number }>(
        `SELECT n FROM letters WHERE register_id = ? AND year = ? AND n IS NOT NULL
         UNION SELECT body ->> '$.n' FROM m_rows
           WHERE kind = 'letter' AND body ->> '$.registerId' = ? AND body ->> '$.year' = ?`,
        registerId,
        year,
        registerId,
        year,
      )
      .map((row) => row.n),
  )
  const numbers = leases.flatMap((lease) =>
    Array.from({ length: lease.to - lease.from + 1 }, (_, i) => lease.from + i),
  )
  return numbers.filter((n) => !used.has(n)).length
}

/** A request is on its way, refused and not yet decided, or answered by a lease that the feed has not brought. */
function isAsked(db: DeskDb, registerId: string, year: number, now: number): boolean {
  return (
    db.get(
      `SELECT 1 FROM outbox WHERE kind = 'register.lease' AND payload ->> '$.registerId' = ? AND payload ->> '$.year' = ?
         AND (state NOT IN ('applied', 'discarded') OR made_at BETWEEN ? AND ? OR (state = 'applied' AND settled_seq IS NULL))`,
      registerId,
      year,
      now - ASK_AGAIN_MS,
      now,
    ) !== undefined
  )
}
