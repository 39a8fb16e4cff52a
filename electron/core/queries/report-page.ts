import type { SqlValue } from '../db/open.ts'
import type { Condition } from './report-filters.ts'
import type { Filter, Position, Sort } from './report-sorts.ts'

/** Up to this many rows are collected and sorted; beyond, they are dense enough to be met while walking the order. */
export const FEW = 4000
/** Up to this many matches of a search are looked up one by one; each look-up reads a wide row. */
export const FEW_MATCHES = 500

/** A statement with its values. */
export interface Statement {
  sql: string
  values: SqlValue[]
}

/** How a page finds its rows: along the order's own index, or by collecting all matches and sorting them. */
export type Way = 'walk' | 'collect'

const SEARCH = 'rid IN (SELECT rowid FROM report_search WHERE report_search MATCH ?)'

/** A filter as SQL. `wide`: it has conditions that no index of ours covers. */
export interface Wanted {
  filter: Filter
  conditions: readonly Condition[]
  match: string | null
  /** The search finds few rows, so that they are the shortest way to the others. */
  rare: boolean
  wide: boolean
}

/** The index that answers a filter without the order; SQLite's choice where matches are few or no index covers the filter. */
function filterIndex({ filter, conditions, rare, wide }: Wanted): string {
  if (rare || wide) return ''
  switch (filter.view) {
    case 'new':
      return 'INDEXED BY current_new'
    case 'awaiting_approval':
    case 'returned':
      return 'INDEXED BY current_by_reply'
    case 'citizen_replied':
      return 'INDEXED BY current_citizen_replied'
    case 'mine':
      return 'INDEXED BY current_by_assignee'
    case 'due_today':
    case 'late':
    case 'closed':
    case 'all':
      return conditions.length > (filter.view === 'all' ? 0 : 1)
        ? 'INDEXED BY current_facets'
        : 'INDEXED BY current_by_due'
  }
}

/** Count of a filter, by indexes alone where the filter's columns allow it. */
export function countStatement(wanted: Wanted): Statement {
  const parts = partsOf(wanted)
  return {
    sql: `SELECT count(*) AS n FROM report_current ${filterIndex(wanted)} ${where(parts)}`,
    values: valuesOf(parts),
  }
}

/** How many rows the search alone has, whatever the filter. */
export const matchCountStatement = (match: string): Statement => ({
  sql: 'SELECT count(*) AS n FROM report_search WHERE report_search MATCH ?',
  values: [match],
})

/** rids and key values of a page, by keyset: a row that moves or vanishes meanwhile never shifts the others. */
export function pageStatement(wanted: Wanted, sort: Sort, way: Way, after: Position | null): Statement {
  const { filter } = wanted
  const direction = sort.descending ? 'DESC' : 'ASC'
  const parts = partsOf(wanted)
  if (after) {
    const marks = after.map(() => '?').join(', ')
    parts.push({
      sql: `(${[...sort.keys, 'rid'].join(', ')}) ${sort.descending ? '<' : '>'} (${marks})`,
      values: after,
    })
  }
  const index = way === 'walk' ? `INDEXED BY ${sort.index}` : filterIndex(wanted)
  const order = [...sort.keys, 'rid'].map((key) => `${key} ${direction}`).join(', ')
  const keys = sort.keys.map((key, i) => `${key} AS k${i}`).join(', ')
  return {
    sql: `SELECT ${keys}, rid FROM report_current ${index} ${where(parts)} ORDER BY ${order} LIMIT ?`,
    values: [...valuesOf(parts), filter.limit + 1],
  }
}

const partsOf = ({ conditions, match }: Wanted): Condition[] =>
  match === null ? [...conditions] : [...conditions, { sql: SEARCH, values: [match] }]
const where = (parts: readonly Condition[]) =>
  parts.length === 0 ? '' : `WHERE ${parts.map((part) => part.sql).join(' AND ')}`
const valuesOf = (parts: readonly Condition[]) => parts.flatMap((part) => part.values)
