import type { Mutation } from '@shared/sync/mutations.ts'
import type { DeskDb } from '../db/open.ts'

/** An act of this desk that the mirror does not show yet. */
export type OverlayAct = Mutation & {
  /** Version of the changed row after the effect, once the hub acknowledged it. */
  effectVersion: number | null
}

interface Row {
  id: string
  kind: string
  personId: string
  reportId: string | null
  baseVersion: number
  madeAt: number
  payload: string
  receipt: string | null
}

const LIES_OVER = `payload <> 'null' AND (state IN ('held','queued','sending','signed_out')
         OR (state = 'applied' AND settled_seq IS NULL))`

/** The reports that any act of this desk lies over. */
export const overlaidReports = (db: DeskDb): Set<string> =>
  new Set(
    db
      .all<{ id: string }>(
        `SELECT report_id AS id FROM outbox WHERE report_id IS NOT NULL AND payload <> 'null'
           AND state NOT IN ('applied','discarded') AND state IN ('held','queued','sending','signed_out')
         UNION SELECT report_id FROM outbox WHERE report_id IS NOT NULL AND state = 'applied' AND settled_seq IS NULL`,
      )
      .map(({ id }) => id),
  )

/**
 * The acts that lie over a report's mirrored rows, oldest first: everything on its way, and what the hub applied but
 * the feed has not brought back. A refused or clashing act does not show as if it had happened.
 */
export function overlayActs(db: DeskDb, reportId: string): OverlayAct[] {
  return db
    .all<Row>(
      `SELECT id, kind, person_id AS personId, report_id AS reportId, base_version AS baseVersion, made_at AS madeAt,
              payload, receipt
       FROM outbox
       WHERE report_id = ? AND ${LIES_OVER}
       ORDER BY n`,
      reportId,
    )
    .map(({ payload, receipt, ...row }) => {
      const version = receipt ? (JSON.parse(receipt) as { version: number | null }).version : null
      // Only enqueue writes payloads, and it parses them by their kind's schema.
      return { ...row, v: 1, payload: JSON.parse(payload), effectVersion: version } as OverlayAct
    })
}
