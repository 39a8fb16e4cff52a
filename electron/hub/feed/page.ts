import type { Sql } from '../db/engine.ts'
import { readCursor, writeCursor } from './cursor.ts'

/** A page of an agency's feed; `changes` is the JSON text of the array, ready to send. */
export interface Page {
  changes: string
  count: number
  cursor: string
  more: boolean
  resync: string | null
  reportCount: number
}

/** A row of the feed with the feed's own facts. */
export interface FeedRow {
  head: number
  floor: number
  report_count: number
  seq: number | null
  kind: string
  entity_id: string
  version: number
  body: string | null
  removed: string | null
}

/** Changes after a seq. One statement is one snapshot: head, count and rows belong together. */
export const PAGE = `
select f.head, f.floor, f.report_count, i.seq, i.kind, i.entity_id, i.version, i.body, i.removed
from agency_feed f left join lateral (
  select * from agency_item x where x.agency_id = f.agency_id and x.seq > $2 order by x.seq limit $3
) i on true where f.agency_id = $1 order by i.seq`

/**
 * Changes of an agency after a cursor (null: from the beginning), at most `max`, oldest first.
 * `resync` is set when the cursor is of another epoch, ahead of the hub, or older than a purged tombstone.
 */
export async function readPage(
  sql: Sql,
  agencyId: string,
  epoch: number,
  from: string | null,
  max: number,
): Promise<Page> {
  const cursor = from === null ? null : readCursor(from)
  const rows = await sql.q<FeedRow>(PAGE, [agencyId, cursor?.seq ?? 0, max + 1])
  const { head, floor, report_count: reportCount } = rows[0]!
  const empty = { changes: '[]', count: 0, more: false, reportCount }
  const resync = from === null ? null : resyncReason(cursor, { epoch, head, floor })
  if (resync) return { ...empty, cursor: writeCursor({ epoch, seq: 0, floor0: floor }), resync }
  const floor0 = cursor?.floor0 ?? floor
  const found = rows.filter((r) => r.seq !== null)
  const page = found.slice(0, max)
  const more = found.length > max
  // At the end the cursor may jump to the head: every seq up to it that still exists has been read.
  const seq = more ? (page.at(-1)?.seq ?? cursor?.seq ?? 0) : head
  const changes = `[${page.map(changeText).join(',')}]`
  return {
    changes,
    count: page.length,
    cursor: writeCursor({ epoch, seq, floor0 }),
    more,
    resync: null,
    reportCount,
  }
}

/** Why a cursor cannot be continued; null when it can. */
export function resyncReason(
  c: { epoch: number; seq: number; floor0: number } | null,
  hub: { epoch: number; head: number; floor: number },
) {
  if (!c) return 'cursor_unknown'
  if (c.epoch !== hub.epoch) return 'other_epoch'
  if (c.seq > hub.head) return 'cursor_ahead'
  // A snapshot that began after the purge never held the purged rows, hence floor0.
  return c.seq < hub.floor && hub.floor > c.floor0 ? 'cursor_too_old' : null
}

/** A row as it travels. */
export const changeText = (r: Omit<FeedRow, 'head' | 'floor' | 'report_count'>): string =>
  `{"seq":${r.seq},"kind":"${r.kind}","id":"${r.entity_id}","version":${r.version},"body":${r.body ?? 'null'},"removed":${r.removed ?? 'null'}}`
