import { InboxView, type InboxCounts } from '@shared/ipc/views.ts'
import type { z } from 'zod'
import type { Desk } from '../desk.ts'
import { mirroredRows } from '../mirror/rows.ts'
import { waitingReplies } from './replies.ts'
import { askedBy, viewCondition, type Asked } from './report-filters.ts'
import { countStatement } from './report-page.ts'
import type { Filter } from './report-sorts.ts'

/** A filter that asks for a whole view. */
const wholeView = (view: InboxView): Filter => ({
  view,
  q: '',
  states: [],
  districts: [],
  services: [],
  sort: 'due',
  descending: false,
  after: null,
  limit: 1,
})

/** One pass over the covering index answers both lists of the filter panel. */
const FACETS = `SELECT district, service_code AS code, count(*) AS n FROM report_current INDEXED BY current_facets
  GROUP BY district, service_code`

/** True counts of every view, counted as the list counts them, so that a place and its list never disagree. */
export function inboxCounts(desk: Desk): z.infer<typeof InboxCounts> {
  const asked = askedBy(desk)
  const facets = desk.db.all<{ district: string; code: string; n: number }>(FACETS)
  const names = new Map(mirroredRows(desk.db, 'service').map((service) => [service.id, service.name]))
  return {
    views: Object.fromEntries(
      InboxView.options.map((view) => [view, viewCount(desk, view, asked)]),
    ) as Record<InboxView, number>,
    replyQueue: waitingReplies(desk).length,
    proposals: desk.db.get<{ n: number }>(
      'SELECT count(*) AS n FROM report_current WHERE proposal IS NOT NULL',
    )!.n,
    districts: summed(facets.map((row) => [row.district, row.n])).map(([name, count]) => ({ name, count })),
    services: summed(facets.map((row) => [row.code, row.n])).map(([code, count]) => ({
      code,
      name: names.get(code) ?? code,
      count,
    })),
  }
}

function viewCount(desk: Desk, view: InboxView, asked: Asked): number {
  const condition = viewCondition(view, asked)
  const wanted = {
    filter: wholeView(view),
    conditions: condition ? [condition] : [],
    match: null,
    rare: false,
    wide: false,
  }
  const { sql, values } = countStatement(wanted)
  return desk.db.get<{ n: number }>(sql, ...values)!.n
}

function summed(pairs: readonly (readonly [string, number])[]): [string, number][] {
  const sums = new Map<string, number>()
  for (const [key, n] of pairs) sums.set(key, (sums.get(key) ?? 0) + n)
  return [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
}
