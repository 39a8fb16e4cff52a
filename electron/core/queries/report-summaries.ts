import type { Channel, Priority, ReportClass, ReportState, ReportStateName } from '@shared/domain/report.ts'
import type { ReplyStateName } from '@shared/domain/reply.ts'
import type { ReportSummary } from '@shared/ipc/views.ts'
import type { Desk } from '../desk.ts'
import { snippetOf } from '../search/snippet.ts'
import { clockViews } from './clock-views.ts'

interface Row {
  id: string
  number: string
  subject: string
  serviceName: string
  district: string
  state: ReportStateName
  class: ReportClass | null
  priority: number
  channel: Channel
  anonymous: number
  confidential: number
  assigneeName: string | null
  reporterName: string | null
  attachmentCount: number
  unread: number
  stateBody: string
  replyState: ReplyStateName | null
  pending: number
  requestedAt: number
  updatedAt: number
  body: string | null
}

const PRIORITIES: readonly Priority[] = ['urgent', 'high', 'normal', 'low']

/** Rows of the given rids in the given order; a body is read only where a search wants to show its hit. */
const SQL = `
SELECT c.id, c.number, c.subject, c.service_name AS serviceName, c.district, c.state, c.class, c.priority, c.channel,
  c.anonymous, c.confidential, c.reporter_name AS reporterName, c.attachment_count AS attachmentCount,
  c.state_body AS stateBody, c.reply_state AS replyState, c.pending, c.requested_at AS requestedAt,
  c.updated_at AS updatedAt, p.body ->> '$.name' AS assigneeName,
  NOT EXISTS (SELECT 1 FROM read_marks k WHERE k.person_id = ? AND k.report_id = c.id
    AND k.version >= (SELECT version FROM m_reports WHERE rid = c.rid)) AS unread,
  CASE WHEN ? AND c.confidential = 0 THEN (SELECT r.body ->> '$.body' FROM m_reports r WHERE r.rid = c.rid) END AS body
FROM json_each(?) AS wanted
CROSS JOIN report_current c ON c.rid = wanted.value
LEFT JOIN m_rows p ON p.kind = 'person' AND p.id = c.assignee_id
ORDER BY wanted.key`

/** Inbox rows. A name shows only where the reporter allowed it; a confidential text is never quoted as a hit (PRIV-01). */
export function reportSummaries(desk: Desk, rids: readonly number[], query: string | null): ReportSummary[] {
  return desk.db
    .all<Row>(SQL, desk.person.id, Number(query !== null), JSON.stringify(rids))
    .map(({ stateBody, body, ...row }) => ({
      ...row,
      priority: PRIORITIES[row.priority] ?? 'normal',
      anonymous: row.anonymous === 1,
      confidential: row.confidential === 1,
      reporterName: row.anonymous === 1 ? null : row.reporterName,
      unread: row.unread === 1,
      pending: row.pending === 1,
      clock: clockViews(desk, JSON.parse(stateBody) as ReportState).current,
      snippet:
        query === null || body === null ? null : (snippetOf(body, query) ?? snippetOf(row.subject, query)),
    }))
}
