import { feedBodies, type FeedKind } from '@shared/sync/feed.ts'
import type { Sql } from '../db/engine.ts'
import { IS_CHILD, REPORT_OF, URGENCY } from '../db/migrations/0002-snapshot-order.ts'
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

const PICKED = `select entity_id as report_id, ${URGENCY} as urgency, seq as place from agency_item
where agency_id = $1 and kind = 'report_state' and removed is null and seq <= $2
and (${URGENCY}, seq) > ($3, $4) order by ${URGENCY}, seq limit $5`

/** Every live row of the reports named by `picked (report_id, urgency, place)`, report by report. */
const bundlesOf = (picked: string) => `with picked as (${picked})
select b.urgency, b.place, ${ITEM} from (
  select p.urgency, p.place, x.kind, x.entity_id from picked p join agency_item x
    on x.agency_id = $1 and x.kind in ('report', 'report_state') and x.entity_id = p.report_id
  union all
  select p.urgency, p.place, x.kind, x.entity_id from picked p join
    (select kind, entity_id, ${REPORT_OF} as report_id from agency_item where agency_id = $1 and ${IS_CHILD}) x
    on x.report_id = p.report_id
) b join agency_item i on i.agency_id = $1 and i.kind = b.kind and i.entity_id = b.entity_id
where i.removed is null order by b.urgency, b.place, i.seq`

const BY_URGENCY = bundlesOf(PICKED)
const OF_REPORTS = bundlesOf(
  `select entity_id as report_id, 0 as urgency, seq as place from agency_item
   where agency_id = $1 and kind = 'report_state' and entity_id = any($2)`,
)

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
  const reports = Math.max(1, Math.ceil(max / ROWS_PER_REPORT))
  const after = place.key === '' ? [-1, -1] : [Number(first), Number(second)]
  const found = await sql.q<ItemRow & { urgency: number; place: number }>(BY_URGENCY, [
    agencyId,
    head,
    ...after,
    reports,
  ])
  const rows = wholeReports(found, max)
  const last = rows.at(-1)
  const ended = rows.length === found.length && new Set(found.map((row) => row.place)).size < reports
  return { rows, key: ended || !last ? null : `${last.urgency}/${last.place}` }
}

/** As many whole reports as fit, at least one: a report cut in two would have no place to go on from. */
function wholeReports<R extends { place: number }>(rows: R[], max: number): R[] {
  if (rows.length <= max) return rows
  const cut = rows[max]!.place
  const from = rows.findIndex((row) => row.place === cut)
  if (from > 0) return rows.slice(0, from)
  const next = rows.findIndex((row) => row.place !== cut)
  return next < 0 ? rows : rows.slice(0, next)
}

/** The ordinary feed since the snapshot began, each changed state bringing its whole report. */
async function catchUp(sql: Sql, agencyId: string, begun: Cursor, read: ItemRow[], max: number) {
  const found = await sql.q<FeedRow>(PAGE, [agencyId, begun.seq, max + 1])
  const { head, report_count: reportCount } = found[0]!
  const changed = found.filter((row) => row.seq !== null).slice(0, max)
  const more = found.length > max
  const states = changed.filter((row) => row.kind === 'report_state' && row.removed === null)
  const bundles =
    states.length > 0 ? await sql.q<ItemRow>(OF_REPORTS, [agencyId, states.map((row) => row.entity_id)]) : []
  const cursor = writeCursor({ ...begun, seq: more ? (changed.at(-1)?.seq ?? begun.seq) : head })
  return {
    rows: [...read, ...changed, ...bundles],
    cursor: more ? `${cursor}.s3.` : cursor,
    more,
    reportCount,
  }
}
