import type { ReportState } from '@shared/domain/report.ts'
import { feedBodies, type FeedKind } from '@shared/sync/feed.ts'
import type { Sql } from '../db/engine.ts'
import { IS_CHILD, REPORT_OF, URGENCY, urgencyOf } from '../db/migrations/0002-snapshot-order.ts'
import { readCursor, writeCursor, type Cursor } from './cursor.ts'
import {
  fitting,
  MARK_EVERY,
  PAGE,
  resyncReason,
  type FeedRow,
  type ItemRow,
  type Mark,
  type Page,
  type Room,
} from './page.ts'

/**
 * A snapshot in the order people need it. Why nothing is missed although rows change while it is read: let H be the
 * feed's head when it began. A row whose seq is still ≤ H has not changed since, so its place in the order has not
 * either, and a keyset scan of that order meets it exactly once. Every other row has a seq > H, and the last phase reads
 * the ordinary feed from H on. Only reports need care: their rows travel together, placed by their *state* row. So when
 * the last phase meets a state row, the rest of its report travels with it again, in case the scan had not come to it.
 */
const OFFICE: readonly FeedKind[] = ['agency', 'service', 'person', 'settings']
const BUNDLED: readonly FeedKind[] = ['report', 'report_state', 'entry', 'disposition', 'reply']
const OTHERS = (Object.keys(feedBodies) as FeedKind[]).filter(
  (kind) => !OFFICE.includes(kind) && !BUNDLED.includes(kind),
)

/** Where a snapshot is: 0 the office, 1 reports by urgency, 2 all other kinds, 3 what changed since it began. */
interface Place {
  phase: number
  /** The last key read in phases 0–2, `<kind>/<id>` or `<urgency>/<seq>`; empty at a phase's start. */
  key: string
}

interface Part {
  rows: ItemRow[]
  /** Places in the order after the first n rows. */
  stops: [n: number, key: string][]
  /** Null: the phase is read to its end. */
  key: string | null
}

const ITEM = 'i.seq, i.kind, i.entity_id, i.version, i.body, i.removed'

// By the primary key. Tombstones are for those who hold the row; a snapshot's reader starts with nothing.
const BY_KIND = `select ${ITEM} from agency_item i where i.agency_id = $1 and i.seq <= $2 and i.removed is null
and i.kind = any($3) and (i.kind, i.entity_id) > ($4, $5) order by i.kind, i.entity_id limit $6`

// The index keeps this order; the place is read from the body, since computing it here again costs ten times the page.
const PICKED = `select ${ITEM} from agency_item i
where i.agency_id = $1 and i.kind = 'report_state' and i.removed is null and i.seq <= $2
and (${URGENCY}, seq) > ($3, $4) order by ${URGENCY}, seq limit $5`

// Laterally, a report at a time: a planner without statistics (the embedded one keeps none) would read the whole table
// for a list of ids, on every page.
const OF_REPORTS = `select ${ITEM}, r.id as report_id from unnest($2::text[]) r (id) cross join lateral (
  select * from agency_item where agency_id = $1 and kind = 'report' and entity_id = r.id
  union all select * from agency_item where agency_id = $1 and ${IS_CHILD} and ${REPORT_OF} = r.id
) i where i.removed is null`

/** Rows a report usually has; a guess only makes a page a little shorter or longer. */
const ROWS_PER_REPORT = 3
/** A page as full as this is not topped up: the few rows more would cost as many queries as all before them. */
const FULL_ENOUGH = 0.75

/** The place a snapshot's cursor names; null for an ordinary cursor. */
export function snapshotOf(cursor: string): Place | null {
  const match = /\.s([0-3])\.(.*)$/.exec(cursor)
  if (!match) return null
  const [phase, key] = [Number(match[1]), match[2]!]
  // A key that is none of ours begins its phase anew: nothing is skipped.
  return { phase, key: phase !== 1 || /^\d{1,15}\/\d{1,15}$/.test(key) ? key : '' }
}

/** A page of an urgent-first snapshot: `from` null begins one, else one of its own cursors. At its end the feed goes on. */
export async function readSnapshot(
  sql: Sql,
  agencyId: string,
  epoch: number,
  from: string | null,
  room: Room,
): Promise<Page> {
  const [feed] = await sql.q<Pick<FeedRow, 'head' | 'floor' | 'report_count'>>(
    'select head, floor, report_count from agency_feed where agency_id = $1',
    [agencyId],
  )
  const { head, floor, report_count: reportCount } = feed!
  const begun = from === null ? { epoch, seq: head, floor0: floor } : readCursor(from)
  const resync = resyncReason(begun, { epoch, head, floor })
  if (!begun || resync) {
    const cursor = writeCursor({ epoch, seq: 0, floor0: floor })
    return { rows: [], marks: [], more: false, reportCount, cursor, resync }
  }
  let place: Place = (from === null ? null : snapshotOf(from)) ?? { phase: 0, key: '' }
  const rows: ItemRow[] = []
  const marks: Mark[] = []
  const cursorAt = ({ phase, key }: Place) => `${writeCursor(begun)}.s${phase}.${key}`
  let left = room
  while (place.phase < 3 && left.changes > room.changes * (1 - FULL_ENOUGH) && left.letters > 0) {
    const part = await readPart(sql, agencyId, begun.seq, place, left)
    for (const [n, key] of part.stops) marks.push([rows.length + n, cursorAt({ ...place, key })])
    rows.push(...part.rows)
    left = less(left, part.rows)
    place = part.key === null ? { phase: place.phase + 1, key: '' } : { ...place, key: part.key }
    marks.push([rows.length, cursorAt(place)])
  }
  const end = place.phase === 3 && left.changes > 0 && left.letters > 0
  const page = end
    ? await catchUp(sql, agencyId, begun, rows, left)
    : { rows, cursor: cursorAt(place), more: true, reportCount }
  return { ...page, marks: spaced(marks, page.rows.length), resync: null }
}

const less = ({ changes, letters }: Room, rows: readonly ItemRow[]): Room => ({
  changes: changes - rows.length,
  letters: letters - rows.reduce((sum, row) => sum + (row.body?.length ?? 0), 0),
})

/** Marks inside the page, at least so many rows apart. */
function spaced(marks: readonly Mark[], rows: number): Mark[] {
  const kept: Mark[] = []
  for (const mark of marks)
    if (mark[0] >= (kept.at(-1)?.[0] ?? 0) + MARK_EVERY && mark[0] < rows) kept.push(mark)
  return kept
}

const afterSlash = (key: string): [string, string] => {
  const at = key.indexOf('/')
  return at < 0 ? ['', ''] : [key.slice(0, at), key.slice(at + 1)]
}

async function readPart(sql: Sql, agencyId: string, head: number, place: Place, room: Room): Promise<Part> {
  const [first, second] = afterSlash(place.key)
  if (place.phase !== 1) {
    const kinds = place.phase === 0 ? OFFICE : OTHERS
    const found = await sql.q<ItemRow>(BY_KIND, [agencyId, head, kinds, first, second, room.changes])
    const rows = found.slice(0, fitting(found, room))
    const keys = rows.map((row) => `${row.kind}/${row.entity_id}`)
    const ended = rows.length === found.length && found.length < room.changes
    return { rows, stops: keys.map((key, i) => [i + 1, key]), key: ended ? null : keys.at(-1)! }
  }
  const limit = Math.max(1, Math.ceil(room.changes / ROWS_PER_REPORT))
  const after = place.key === '' ? [-1, -1] : [Number(first), Number(second)]
  const picked = await sql.q<ItemRow>(PICKED, [agencyId, head, ...after, limit])
  const { rows, stops } = wholeReports(picked, await bundlesOf(sql, agencyId, picked), room)
  const ended = stops.length === picked.length && picked.length < limit
  return { rows, stops, key: ended ? null : stops.at(-1)![1] }
}

/** Every live row of the reports of these states, by report. What changed since they were picked comes newer now, and again later. */
async function bundlesOf(sql: Sql, agencyId: string, states: readonly ItemRow[]) {
  const bundles = new Map(states.map((state) => [state.entity_id, [state]]))
  if (states.length === 0) return bundles
  const ids = [...bundles.keys()]
  const rows = await sql.q<ItemRow & { report_id: string }>(OF_REPORTS, [agencyId, ids])
  for (const row of rows) bundles.get(row.report_id)!.push(row)
  for (const bundle of bundles.values()) bundle.sort((a, b) => a.seq! - b.seq!)
  return bundles
}

/** As many whole reports as fit, at least one: a report cut in two would have no place to go on from. */
function wholeReports(
  picked: readonly ItemRow[],
  bundles: ReadonlyMap<string, ItemRow[]>,
  room: Room,
): Pick<Part, 'rows' | 'stops'> {
  const rows: ItemRow[] = []
  const stops: Part['stops'] = []
  let left = room
  for (const state of picked) {
    const bundle = bundles.get(state.entity_id)!
    left = less(left, bundle)
    if (stops.length > 0 && (left.changes < 0 || left.letters < 0)) break
    rows.push(...bundle)
    stops.push([rows.length, `${urgencyOf(JSON.parse(state.body!) as ReportState)}/${state.seq}`])
  }
  return { rows, stops }
}

/** The ordinary feed since the snapshot began, each changed state bringing its whole report; nowhere to stop inside. */
async function catchUp(sql: Sql, agencyId: string, begun: Cursor, read: ItemRow[], room: Room) {
  const found = await sql.q<FeedRow>(PAGE, [agencyId, begun.seq, room.changes + 1])
  const { head, report_count: reportCount } = found[0]!
  const rows = found.filter((row) => row.seq !== null)
  const changed = rows.slice(0, fitting(rows, room))
  const more = rows.length > changed.length
  const states = changed.filter((row) => row.kind === 'report_state' && row.removed === null)
  const bundles = [...(await bundlesOf(sql, agencyId, states)).values()].flat()
  const cursor = writeCursor({ ...begun, seq: more ? (changed.at(-1)?.seq ?? begun.seq) : head })
  return {
    rows: [...read, ...changed, ...bundles.filter((row) => row.kind !== 'report_state')],
    cursor: more ? `${cursor}.s3.` : cursor,
    more,
    reportCount,
  }
}
