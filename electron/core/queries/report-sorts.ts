import { AppError } from '@shared/ipc/errors.ts'
import type { ReportFilter } from '@shared/ipc/views.ts'
import type { z } from 'zod'

/** A filter as the contract parsed it. */
export type Filter = z.output<typeof ReportFilter>
export type SortName = Filter['sort']

/** An order of `report_current`: its index and key columns, all in one direction, ended by the rid. */
export interface Sort {
  index: string
  keys: readonly string[]
  descending: boolean
}

const asc = (index: string, ...keys: string[]): Sort => ({ index, keys, descending: false })
const desc = (index: string, ...keys: string[]): Sort => ({ index, keys, descending: true })

/** Every order the inbox offers, in its natural direction (`descending` in the filter turns it round). */
export const SORTS: Readonly<Record<SortName, Sort>> = {
  due: asc('current_by_due', 'due_key'),
  newest: desc('current_by_requested', 'requested_at'),
  oldest: asc('current_by_requested', 'requested_at'),
  updated: desc('current_by_updated', 'updated_at'),
  priority: asc('current_by_priority', 'priority', 'due_key'),
  number: asc('current_by_number', 'number'),
  subject: asc('current_by_subject', 'subject'),
  state: asc('current_by_state', 'state_rank', 'due_key'),
  district: asc('current_by_district', 'district', 'due_key'),
}

/** The order of a filter. A search that names no order of its own shows the newest first. */
export function sortOf(filter: Pick<Filter, 'sort' | 'descending' | 'q'>): Sort {
  const sort = SORTS[filter.q.trim() !== '' && filter.sort === 'due' ? 'newest' : filter.sort]
  return filter.descending ? { ...sort, descending: !sort.descending } : sort
}

/** Values of a sort's keys and the rid: where a page ended. */
export type Position = (string | number)[]

const TEXT_KEYS: readonly string[] = ['number', 'subject', 'district']

/** A position as the opaque `next` of a page: numbers first, then at most one text, so that it needs no escapes. */
export function encodePosition(position: Position): string {
  const numbers = position.filter((value) => typeof value === 'number')
  return `${numbers.join('.')}~${position.find((value) => typeof value === 'string') ?? ''}`
}

/** The reverse. Throws AppError bad_input for a position of another order. */
export function decodePosition(cursor: string, sort: Sort): Position {
  const at = cursor.indexOf('~')
  const numbers = cursor.slice(0, Math.max(at, 0)).split('.').map(Number)
  const position = sort.keys.map((key) => (TEXT_KEYS.includes(key) ? cursor.slice(at + 1) : numbers.shift()))
  position.push(numbers.shift())
  if (
    at < 1 ||
    numbers.length > 0 ||
    !position.every((v) => typeof v === 'string' || Number.isSafeInteger(v))
  )
    throw new AppError('bad_input', 'a page position of another order')
  return position as Position
}
