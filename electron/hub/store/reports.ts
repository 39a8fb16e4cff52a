import type { Report, ReportState } from '@shared/domain/report.ts'
import type { Work } from '../context.ts'
import type { Sql } from '../db/engine.ts'
import { putItem } from '../feed/put.ts'

/** One stored entity: its wire document and version. */
export interface Row<T> {
  version: number
  body: T
}

/** Field of `report_state` → the version that last changed it and the device that did (null: the hub or a citizen). */
export type FieldVersions = Record<string, { v: number; by: string | null }>

/** A report with its state, locked for the rest of the transaction. */
export interface Held {
  report: Row<Report>
  state: Row<ReportState> & { fields: FieldVersions }
}

interface HeldRow {
  version: number
  body: Report
  state_version: number
  state_body: ReportState
  fields: FieldVersions
}

/** Locks a report and its state by id (both, or a waiter would go on with the state it saw before); undefined when there is none. The caller checks whose it is. */
export async function lockReport(work: Work, id: string): Promise<Held | undefined> {
  const [r] = await work.q<HeldRow>(
    `select r.version, r.body, s.version as state_version, s.body as state_body, s.field_versions as fields
     from reports r join report_states s on s.id = r.id where r.id = $1 for update`,
    [id],
  )
  return (
    r && {
      report: { version: r.version, body: r.body },
      state: { version: r.state_version, body: r.state_body, fields: r.fields },
    }
  )
}

/** Ids of the reports grouped under a lead, in id order so that locks are taken in one order. */
export async function memberIds(sql: Sql, leadId: string): Promise<string[]> {
  const rows = await sql.q<{ id: string }>(
    'select id from report_states where group_lead_id = $1 order by id',
    [leadId],
  )
  return rows.map((r) => r.id)
}

/** Stores a changed report as its next version and puts it in its agency's feed. */
export async function saveReport(work: Work, held: Held): Promise<void> {
  const { report } = held
  report.version++
  await work.q('update reports set version = $2, body = $3::jsonb where id = $1', [
    report.body.id,
    report.version,
    JSON.stringify(report.body),
  ])
  await putItem(work, { agencyId: report.body.agencyId, kind: 'report', id: report.body.id, ...report })
}

/** Stores a changed state as its next version, remembering which fields changed by whom, and puts it in the feed. */
export async function saveState(
  work: Work,
  held: Held,
  changes: Partial<ReportState>,
  by: string | null,
): Promise<void> {
  const { state } = held
  state.version++
  for (const [field, value] of Object.entries(changes)) {
    if (!same(state.body[field as keyof ReportState], value)) state.fields[field] = { v: state.version, by }
  }
  state.body = { ...state.body, ...changes, updatedAt: work.now }
  const { id, agencyId } = held.report.body
  await work.q(
    'update report_states set version = $2, body = $3::jsonb, field_versions = $4::jsonb where id = $1',
    [id, state.version, JSON.stringify(state.body), JSON.stringify(state.fields)],
  )
  await putItem(work, { agencyId, kind: 'report_state', id, version: state.version, body: state.body })
}

/** Equality of two JSON values of the same shape. */
export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
