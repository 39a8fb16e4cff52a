import type { Parsed } from '@shared/ipc/contract.ts'
import type { ReportPage } from '@shared/ipc/views.ts'
import type { z } from 'zod'
import type { Desk } from '../desk.ts'
import { matchExpression } from '../search/match-expression.ts'
import { parseQuery } from '../search/parse-query.ts'
import { officeOffset } from './clock-views.ts'
import { askedBy, fieldConditions, filterConditions } from './report-filters.ts'
import {
  countStatement,
  FEW,
  matchCountStatement,
  pageStatement,
  type Statement,
  type Wanted,
  type Way,
} from './report-page.ts'
import { decodePosition, encodePosition, sortOf, type Position, type Sort } from './report-sorts.ts'
import { reportSummaries } from './report-summaries.ts'

/** Views whose rows are few or lie together in the due order: any other order sorts them. */
const BROAD: readonly string[] = ['all', 'closed']

/** A page of the inbox with the true count of its filter. Throws AppError bad_input for a position of another order. */
export function listReports(desk: Desk, filter: Parsed<'reports.list'>): z.infer<typeof ReportPage> {
  const parsed = parseQuery(filter.q)
  const fields = fieldConditions(parsed, officeOffset(desk))
  const wanted: Wanted = {
    filter,
    conditions: [...filterConditions(filter, askedBy(desk)), ...fields],
    match: matchExpression(parsed.text),
    wide: parsed.number !== null || parsed.from !== null,
  }
  const sort = sortOf(filter)
  const after = filter.after === null ? null : decodePosition(filter.after, sort)
  const counted = countOf(desk, wanted)
  const rows = pageRows(desk, pageStatement(wanted, sort, wayOf(wanted, sort, counted), after))
  const page = rows.slice(0, filter.limit)
  return {
    items: reportSummaries(
      desk,
      page.map((row) => row.rid),
      wanted.match === null ? null : parsed.text,
    ),
    next: rows.length > filter.limit ? encodePosition(positionOf(page.at(-1)!, sort)) : null,
    total: counted.total,
  }
}

/** True count of a filter; `matches` is how many rows the search finds before it is narrowed. */
function countOf(desk: Desk, wanted: Wanted): { total: number; matches: number | null } {
  const matches = wanted.match === null ? null : numberOf(desk, matchCountStatement(wanted.match))
  if (matches !== null && wanted.conditions.length === 0) return { total: matches, matches }
  return { total: numberOf(desk, countStatement(wanted, matches !== null && matches <= FEW)), matches }
}

/** Walking is right where hits are dense along the order, collecting where they are few; the count tells which. */
export function wayOf(wanted: Wanted, sort: Sort, counted: { total: number; matches: number | null }): Way {
  if (counted.matches !== null) return counted.matches <= FEW ? 'collect' : 'walk'
  if (sort.index === 'current_by_due' && ['due_today', 'late', 'closed'].includes(wanted.filter.view)) {
    return wanted.conditions.length === 1 || counted.total > FEW ? 'walk' : 'collect'
  }
  return BROAD.includes(wanted.filter.view) && counted.total > FEW
    ? 'walk'
    : wanted.conditions.length === 0
      ? 'walk'
      : 'collect'
}

type PageRow = { rid: number } & Record<`k${number}`, string | number>

const pageRows = (desk: Desk, { sql, values }: Statement) => desk.db.all<PageRow>(sql, ...values)
const numberOf = (desk: Desk, { sql, values }: Statement) => desk.db.get<{ n: number }>(sql, ...values)!.n
const positionOf = (row: PageRow, sort: Sort): Position => [
  ...sort.keys.map((_, i) => row[`k${i}`]!),
  row.rid,
]
