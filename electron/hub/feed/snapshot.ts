import type { ReportState } from '@shared/domain/report.ts'
import { feedBodies, type FeedKind } from '@shared/sync/feed.ts'
import type { Sql } from '../db/engine.ts'
import { IS_CHILD, REPORT_OF, URGENCY, urgencyOf } from '../db/migrations/0002-snapshot-order.ts'
import { readCursor, writeCursor, type Cursor } from './cursor.ts'
import { changeText, PAGE, resyncReason, type FeedRow, type Page } from './page.ts'

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

type ItemRow = Pick<FeedRow, 'seq' | 'kind' | 'entity_id' | 'version' | 'body' | 'removed'>
interface Part {
  rows: ItemRow[]
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
const ROWS_PER_REPORT = 4

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
  max: number,
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
    return { changes: '[]', count: 0, more: false, reportCount, cursor, resync }
  }
  let place: Place = (from === null ? null : snapshotOf(from)) ?? { phase: 0, key: '' }
  const rows: ItemRow[] = []
  while (place.phase < 3 && rows.length < max) {
    const part = await readPart(sql, agencyId, begun.seq, place, max - rows.length)
    rows.push(...part.rows)
    place = part.key === null ? { phase: place.phase + 1, key: '' } : { ...place, key: part.key }
  }
  const open = { rows, cursor: `${writeCursor(begun)}.s${place.phase}.${place.key}`, more: true, reportCount }
  const end = place.phase === 3 && rows.length < max
  return pageOf(end ? await catchUp(sql, agencyId, begun, rows, max - rows.length) : open)
}

const pageOf = (page: { rows: ItemRow[]; cursor: string; more: boolean; reportCount: number }): Page => ({
  changes: `[${page.rows.map((row) => changeText(row)).join(',')}]`,
  count: page.rows.length,
  cursor: page.cursor,
  more: page.more,
  resync: null,
  reportCount: page.reportCount,
})

const afterSlash = (key: string): [string, string] => {
  const at = key.indexOf('/')
  return at < 0 ? ['', ''] : [key.slice(0, at), key.slice(at + 1)]
}

async function readPart(sql: Sql, agencyId: string, head: number, place: Place, max: number): Promise<Part> {
  const [first, second] = afterSlash(place.key)
  if (place.phase !== 1) {
    const kinds = place.phase === 0 ? OFFICE : OTHERS
    const rows = await sql.q<ItemRow>(BY_KIND, [agencyId, head, kinds, first, second, max])
    const last = rows.at(-1)
    return { rows, key: rows.length < max || !last ? null : `${last.kind}/${last.entity_id}` }
  }
  const limit = Math.max(1, Math.ceil(max / ROWS_PER_REPORT))
  const after = place.key === '' ? [-1, -1] : [Number(first), Number(second)]
  const picked = await sql.q<ItemRow>(PICKED, [agencyId, head, ...after, limit])
  const { rows, last } = wholeReports(picked, await bundlesOf(sql, agencyId, picked), max)
  const ended = !last || (picked.length < limit && last === picked.at(-1))
  return { rows, key: ended ? null : `${urgencyOf(JSON.parse(last.body!) as ReportState)}/${last.seq}` }
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
function wholeReports(picked: readonly ItemRow[], bundles: ReadonlyMap<string, ItemRow[]>, max: number) {
  const rows: ItemRow[] = []
  let last: ItemRow | null = null
  for (const state of picked) {
    const bundle = bundles.get(state.entity_id)!
    if (last && rows.length + bundle.length > max) break
    rows.push(...bundle)
    last = state
  }
  return { rows, last }
}

/** The ordinary feed since the snapshot began, each changed state bringing its whole report. */
async function catchUp(sql: Sql, agencyId: string, begun: Cursor, read: ItemRow[], max: number) {
  const found = await sql.q<FeedRow>(PAGE, [agencyId, begun.seq, max + 1])
  const { head, report_count: reportCount } = found[0]!
  const changed = found.filter((row) => row.seq !== null).slice(0, max)
  const more = found.length > max
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
