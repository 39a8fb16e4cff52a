import { dateAt } from '@shared/domain/days.ts'
import type { DeskDb } from '../db/open.ts'
import { projectReport, type Projection } from './project.ts'

/** Reports projected in one transaction. */
export const REFRESH_BATCH = 200

/**
 * Projects again up to a batch of reports whose clocks are of another office day or of older rules. True when more are
 * left, so that the caller can let others work in between.
 */
export function refreshClocks(db: DeskDb, projection: Projection): boolean {
  if (!projection.settings) return false
  const today = dateAt(projection.now, projection.settings.calendar.utcOffsetMinutes)
  return db.tx(() => {
    const stale = db.all<{ id: string }>(
      // Two ranges, each on the index; `<>` would read the whole table.
      `SELECT id FROM report_current WHERE clock_on < ? OR clock_on > ? LIMIT ?`,
      today,
      today,
      REFRESH_BATCH,
    )
    for (const { id } of stale) projectReport(db, id, projection)
    return stale.length === REFRESH_BATCH
  })
}
