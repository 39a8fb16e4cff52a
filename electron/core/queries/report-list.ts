import type { Parsed } from '@shared/ipc/contract.ts'
import type { ReportPage } from '@shared/ipc/views.ts'
import type { z } from 'zod'
import type { Desk } from '../desk.ts'
import { indexingState } from '../mirror/search-index.ts'
import { matchExpression } from '../search/match-expression.ts'
import { parseQuery } from '../search/parse-query.ts'
import { officeOffset } from './clock-views.ts'
import { askedBy, fieldConditions, filterConditions } from './report-filters.ts'
import {
  countStatement,
  FEW,
  FEW_MATCHES,
  matchCountStatement,
  pageStatement,
  type Statement,
  type Wanted,
  type Way,
} from './report-page.ts'
import { decodePosition, encodePosition, sortOf, type Position, type Sort } from './report-sorts.ts'
import { reportSummaries } from './report-summaries.ts'

/** Views that may hold most of the table. */
const BROAD: readonly string[] = ['all', 'closed']
/** Views that are a range of the due order. */
const RANGES: readonly string[] = ['due_today', 'late', 'closed']

/** A page of the inbox with the true count of its filter. Throws AppError bad_input for a position of another order. */
export function listReports(desk: Desk, filter: Parsed<'reports.list'>): z.infer<typeof ReportPage> {
  const parsed = parseQuery(filter.q)
  const fields = fieldConditions(parsed, officeOffset(desk))
  const match = matchExpression(parsed.text)
  const matches = match === null ? null : numberOf(desk, matchCountStatement(match))
  const wanted: Wanted = {
    filter,
    conditions: [...filterConditions(filter, askedBy(desk)), ...fields],
    match,
    rare: matches !== null && matches <= FEW_MATCHES,
    wide: parsed.number !== null || parsed.from !== null,
  }
  const total =
    matches !== null && wanted.conditions.length === 0 ? matches : numberOf(desk, countStatement(wanted))
  const sort = sortOf(filter)
  const after = filter.after === null ? null : decodePosition(filter.after, sort)
  const rows = pageRows(desk, pageStatement(wanted, sort, wayOf(wanted, sort, total), after))
  const page = rows.slice(0, filter.limit)
  return {
    items: reportSummaries(
      desk,
      page.map((row) => row.rid),
      match === null ? null : parsed.text,
    ),
    next: rows.length > filter.limit ? encodePosition(positionOf(page.at(-1)!, sort)) : null,
    total,
    indexing: match === null ? null : indexingState(desk.db),
  }
}

/** Walking is right where hits are dense along the order, collecting where they are few; the count tells which. */
function wayOf({ filter, conditions, match, rare }: Wanted, sort: Sort, total: number): Way {
  if (rare) return 'collect'
  // The whole table, or one stretch of the due order, in that very order: walking sorts nothing.
  const inOrder =
    conditions.length === 0 ||
    (conditions.length === 1 && RANGES.includes(filter.view) && sort.keys[0] === 'due_key')
  if (inOrder && match === null) return 'walk'
  return BROAD.includes(filter.view) && total > (match === null ? FEW : FEW_MATCHES) ? 'walk' : 'collect'
}

type PageRow = { rid: number } & Record<`k${number}`, string | number>

const pageRows = (desk: Desk, { sql, values }: Statement) => desk.db.all<PageRow>(sql, ...values)
const numberOf = (desk: Desk, { sql, values }: Statement) => desk.db.get<{ n: number }>(sql, ...values)!.n
const positionOf = (row: PageRow, sort: Sort): Position => [
  ...sort.keys.map((_, i) => row[`k${i}`]!),
  row.rid,
]
