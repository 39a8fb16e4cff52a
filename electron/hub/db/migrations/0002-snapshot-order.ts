import type { Priority, ReportState, ReportStateName } from '@shared/domain/report.ts'

/**
 * The order of an urgent-first snapshot, as indexes over what the rows themselves say: no column that could disagree
 * with them, and no write that has to know of it. `URGENCY` and `REPORT_OF` must stand in queries exactly as here.
 */
const CLOSED = `body::jsonb ->> 'state' in ('resolved', 'closed', 'referred', 'archived', 'duplicate')`

/** Of a report's state: open ones by priority, then longest running; after them closed ones, newest first. */
export const URGENCY = `(case when ${CLOSED} then 80000000000000 - (body::jsonb ->> 'updatedAt')::bigint
  else (case body::jsonb ->> 'priority' when 'urgent' then 0 when 'high' then 1 when 'normal' then 2 else 3 end)
    * 10000000000000 + (body::jsonb ->> 'clockStartedAt')::bigint end)`

const SHUT: readonly ReportStateName[] = ['resolved', 'closed', 'referred', 'archived', 'duplicate']
const RANK: Readonly<Record<Priority, number>> = { urgent: 0, high: 1, normal: 2, low: 3 }

/** The same of a body already read. */
export const urgencyOf = (
  state: Pick<ReportState, 'state' | 'updatedAt' | 'priority' | 'clockStartedAt'>,
): number =>
  SHUT.includes(state.state)
    ? 80_000_000_000_000 - state.updatedAt
    : RANK[state.priority] * 10_000_000_000_000 + state.clockStartedAt

/** The report a child row hangs on. */
export const REPORT_OF = `(body::jsonb ->> 'reportId')`

/** The condition under which `REPORT_OF` is indexed. */
export const IS_CHILD = `kind in ('entry', 'disposition', 'reply')`

export const snapshotOrder = `
create index agency_item_urgency on agency_item (agency_id, ${URGENCY}, seq) where kind = 'report_state' and removed is null;
create index agency_item_child on agency_item (agency_id, ${REPORT_OF}) where ${IS_CHILD};
`
