import type { Receipt } from '@shared/sync/exchange.ts'
import type { LinkLogRow } from '@shared/ipc/link-views.ts'
import type { OutboxItem } from '@shared/ipc/views.ts'
import type { z } from 'zod'
import type { Desk } from '../desk.ts'
import { waitingBehind } from '../outbox/next-ready.ts'
import { personNames } from './people.ts'

interface Row {
  id: string
  kind: string
  reportId: string | null
  reportNumber: string | null
  reportSubject: string | null
  personId: string
  madeAt: number
  state: OutboxItem['state']
  carrier: string | null
  attempts: number
  sentAt: number | null
  receiptAt: number | null
  receipt: string | null
  payload: string
}

const SELECT = `SELECT o.id, o.kind, o.report_id AS reportId, c.number AS reportNumber, c.subject AS reportSubject,
  o.person_id AS personId, o.made_at AS madeAt, o.state, o.carrier, o.attempts, o.sent_at AS sentAt,
  o.receipt_at AS receiptAt, o.receipt, o.payload
  FROM outbox o LEFT JOIN report_current c ON c.id = o.report_id`

const OPEN = `o.state NOT IN ('applied','discarded')`
const SHOWN = 200

/** The ledger of the sync centre: everything not yet settled, or the latest acts whatever became of them. */
export function outboxItems(desk: Pick<Desk, 'db' | 'person'>, { open }: { open: boolean }): OutboxItem[] {
  const sql = open ? `${SELECT} WHERE ${OPEN} ORDER BY o.n` : `${SELECT} ORDER BY o.n DESC LIMIT ${SHOWN}`
  return desk.db.all<Row>(sql).map(view(desk))
}

/** Acts on one report that the hub has not confirmed, oldest first. */
export function outboxOfReport(desk: Pick<Desk, 'db' | 'person'>, reportId: string): OutboxItem[] {
  return desk.db
    .all<Row>(`${SELECT} WHERE o.report_id = ? AND ${OPEN} ORDER BY o.n`, reportId)
    .map(view(desk))
}

const reasonOf = (state: string, receipt: Receipt | null) =>
  receipt?.reason ?? (state === 'signed_out' ? 'session_expired' : null)

function view(desk: Pick<Desk, 'db' | 'person'>): (row: Row) => OutboxItem {
  const nameOf = personNames(desk)
  const behind = waitingBehind(desk.db)
  return ({ receipt: text, payload, personId, ...row }) => {
    const receipt = text === null ? null : (JSON.parse(text) as Receipt)
    // Null when the report has left and taken the content along.
    const mine = (JSON.parse(payload) ?? {}) as Record<string, unknown>
    return {
      ...row,
      personName: nameOf(personId) ?? '',
      dependsOn: behind.get(row.id) ?? null,
      reason: behind.has(row.id) ? 'depends_on' : reasonOf(row.state, receipt),
      conflict:
        row.state === 'conflict'
          ? Object.entries(receipt?.fields ?? {}).map(([field, hub]) => ({
              field,
              mine: mine[field] ?? null,
              hub,
            }))
          : null,
      editable: personId === desk.person.id && Object.keys(mine).length > 0,
    }
  }
}

/** The latest exchanges, newest first. */
export function linkLog(desk: Pick<Desk, 'db'>, { limit }: { limit: number }): z.infer<typeof LinkLogRow>[] {
  return desk.db.all(
    `SELECT id, at, carrier, result, sent, received, bytes_up AS bytesUp, bytes_down AS bytesDown, duration_ms AS durationMs
     FROM link_log ORDER BY id DESC LIMIT ?`,
    limit,
  )
}
