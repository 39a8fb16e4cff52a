import { dateAt, dayOfDate, endOfDay } from '@shared/domain/days.ts'
import type { OutageReport } from '@shared/ipc/link-views.ts'
import type { Desk } from '../desk.ts'
import {
  outageDays,
  outagesOf,
  unwatchedMs,
  watchedMs,
  within,
  type LinkRow,
} from '@shared/domain/outages.ts'
import { officeOffset } from './clock-views.ts'

/** Looks this far back before the period for the last success that an outage at its start began with. */
const BEFORE_MS = 2 * 86_400_000
const DAY_MS = 86_400_000

/** Outages of the last `days` office days, today included, from this PC's link log. */
export function outageReport(desk: Pick<Desk, 'db' | 'host' | 'settings'>, days: number): OutageReport {
  const now = desk.host.now()
  const offset = officeOffset(desk)
  const today = dayOfDate(dateAt(now, offset))
  const since = endOfDay(today, offset) + 1 - days * DAY_MS
  const rows = desk.db.iterate<LinkRow>(
    'SELECT at, result, duration_ms AS durationMs FROM link_log WHERE at >= ? ORDER BY id',
    since - BEFORE_MS,
  )
  const outages = within(outagesOf(rows, now), since)
  const first = desk.db.get<{ at: number }>('SELECT at FROM link_log ORDER BY id LIMIT 1')
  return {
    since: Math.max(since, first?.at ?? now),
    until: now,
    totalMs: outages.reduce((sum, outage) => sum + watchedMs(outage), 0),
    outages: outages
      .map((outage) => {
        const { from, to, tries, reasons } = outage
        return { from, to, tries, reasons, watchedMs: watchedMs(outage), unwatchedMs: unwatchedMs(outage) }
      })
      .toReversed(),
    days: outageDays(outages, offset).toReversed(),
  }
}
