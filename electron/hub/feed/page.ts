import type { Sql } from '../db/engine.ts'
import { readCursor, writeCursor } from './cursor.ts'

/** A row as a page carries it. */
export type ItemRow = Pick<FeedRow, 'seq' | 'kind' | 'entity_id' | 'version' | 'body' | 'removed'>

/** How much a desk wants: changes, and letters of bodies. */
export interface Room {
  changes: number
  letters: number
}

/** A page of an agency's feed. */
export interface Page {
  rows: ItemRow[]
  /** After the first n rows a desk holds what `cursor` says. */
  marks: Mark[]
  cursor: string
  more: boolean
  resync: string | null
  reportCount: number
}

/** `[n, cursor]`. */
export type Mark = [n: number, cursor: string]

/** A desk keeps a page in pieces of about this many changes. */
export const MARK_EVERY = 20

/** How many of these rows, in order, fit into the room; one at least. */
export function fitting(rows: readonly ItemRow[], room: Room): number {
  let letters = 0
  const most = rows.slice(0, room.changes)
  for (const [i, row] of most.entries()) {
    letters += row.body?.length ?? 0
    if (i > 0 && letters > room.letters) return i
  }
  return most.length
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
 * Changes of an agency after a cursor (null: from the beginning), oldest first, as many as there is room for.
 * `resync` is set when the cursor is of another epoch, ahead of the hub, or older than a purged tombstone.
 */
export async function readPage(
  sql: Sql,
  agencyId: string,
  epoch: number,
  from: string | null,
  room: Room,
): Promise<Page> {
  const cursor = from === null ? null : readCursor(from)
  const rows = await sql.q<FeedRow>(PAGE, [agencyId, cursor?.seq ?? 0, room.changes + 1])
  const { head, floor, report_count: reportCount } = rows[0]!
  const empty = { rows: [], marks: [], more: false, reportCount }
  const resync = from === null ? null : resyncReason(cursor, { epoch, head, floor })
  if (resync) return { ...empty, cursor: writeCursor({ epoch, seq: 0, floor0: floor }), resync }
  const floor0 = cursor?.floor0 ?? floor
  const found = rows.filter((r) => r.seq !== null)
  const page = found.slice(0, fitting(found, room))
  const more = found.length > page.length
  // At the end the cursor may jump to the head: every seq up to it that still exists has been read.
  const seq = more ? (page.at(-1)?.seq ?? cursor?.seq ?? 0) : head
  const at = (seq: number) => writeCursor({ epoch, seq, floor0 })
  return {
    rows: page,
    marks: page.flatMap((row, i): Mark[] =>
      (i + 1) % MARK_EVERY === 0 && i + 1 < page.length ? [[i + 1, at(row.seq!)]] : [],
    ),
    cursor: at(seq),
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

/** A row as it travels in a protocol without columns. */
export const changeText = (r: ItemRow): string =>
  `{"seq":${r.seq},"kind":"${r.kind}","id":"${r.entity_id}","version":${r.version},"body":${r.body ?? 'null'},"removed":${r.removed ?? 'null'}}`
