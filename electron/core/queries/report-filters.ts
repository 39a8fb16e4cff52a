import { dayAt, dayOfDate, endOfDay } from '@shared/domain/days.ts'
import type { InboxView } from '@shared/ipc/views.ts'
import type { SqlValue } from '../db/open.ts'
import type { Desk } from '../desk.ts'
import { OPEN_WITHOUT_CLOCK } from '../mirror/list-order.ts'
import type { ParsedQuery } from '../search/parse-query.ts'
import { officeOffset } from './clock-views.ts'
import type { Filter } from './report-sorts.ts'

/** A piece of a WHERE clause with its values in order. */
export interface Condition {
  sql: string
  values: SqlValue[]
}

/** Who asks and when: "mine", "late" and "today" depend on it. */
export interface Asked {
  personId: string
  now: number
  endOfToday: number
}

/** The moment and person of a question. */
export function askedBy(desk: Desk): Asked {
  const offset = officeOffset(desk)
  const now = desk.host.now()
  return { personId: desk.person.id, now, endOfToday: endOfDay(dayAt(now, offset), offset) }
}

/** The rows of a saved view. Late and due today compare the stored due time with now, so that they turn at midnight by themselves. */
export function viewCondition(view: InboxView, asked: Asked): Condition | null {
  switch (view) {
    case 'all':
      return null
    case 'new':
      return { sql: `state IN ('received', 'reopened')`, values: [] }
    case 'due_today':
      return { sql: 'due_key BETWEEN ? AND ?', values: [asked.now, asked.endOfToday] }
    case 'late':
      return { sql: 'due_key < ?', values: [asked.now] }
    case 'awaiting_approval':
      return { sql: `reply_state = 'submitted'`, values: [] }
    case 'returned':
      return { sql: `reply_state IN ('returned', 'voided')`, values: [] }
    case 'citizen_replied':
      return { sql: 'citizen_replied = 1', values: [] }
    case 'mine':
      return { sql: 'assignee_id = ? AND due_key <= ?', values: [asked.personId, OPEN_WITHOUT_CLOCK] }
    case 'closed':
      return { sql: 'due_key > ?', values: [OPEN_WITHOUT_CLOCK] }
  }
}

/** Everything a filter asks for except the search and the place in the list. */
export function filterConditions(filter: Filter, asked: Asked): Condition[] {
  const view = viewCondition(filter.view, asked)
  return [
    ...(view ? [view] : []),
    ...oneOf('state', filter.states),
    ...oneOf('district', filter.districts),
    ...oneOf('service_code', filter.services),
  ]
}

/** What the fields of a typed query (`status:`, `distrik:`, `sejak:` …) ask for. Names of sealed reporters are not in the column. */
export function fieldConditions(parsed: ParsedQuery, utcOffsetMinutes: number): Condition[] {
  const startOf = (date: string) => endOfDay(dayOfDate(date) - 1, utcOffsetMinutes) + 1
  const like = (text: string) => `%${text.replace(/[\\%_]/g, String.raw`\$&`)}%`
  const conditions = oneOf('state', parsed.states)
  if (parsed.district) conditions.push({ sql: 'district = ? COLLATE NOCASE', values: [parsed.district] })
  if (parsed.since) conditions.push({ sql: 'requested_at >= ?', values: [startOf(parsed.since)] })
  if (parsed.before) conditions.push({ sql: 'requested_at < ?', values: [startOf(parsed.before)] })
  if (parsed.number)
    conditions.push({ sql: String.raw`number LIKE ? ESCAPE '\'`, values: [like(parsed.number)] })
  if (parsed.from)
    conditions.push({ sql: String.raw`reporter_name LIKE ? ESCAPE '\'`, values: [like(parsed.from)] })
  return conditions
}

function oneOf(column: string, values: readonly string[]): Condition[] {
  return values.length === 0
    ? []
    : [{ sql: `${column} IN (${values.map(() => '?').join(', ')})`, values: [...values] }]
}
