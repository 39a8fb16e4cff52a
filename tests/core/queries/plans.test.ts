import { expect, test } from 'vitest'
import type { Input } from '@shared/ipc/contract.ts'
import { InboxView, ReportFilter } from '@shared/ipc/views.ts'
import { askedBy, filterConditions } from '../../../electron/core/queries/report-filters.ts'
import {
  countStatement,
  pageStatement,
  type Statement,
  type Wanted,
} from '../../../electron/core/queries/report-page.ts'
import { sortOf } from '../../../electron/core/queries/report-sorts.ts'
import { makeDesk, type TestDesk } from '../make-desk.ts'
import { filterOf } from '../office.ts'

const SORTS = ReportFilter.shape.sort.unwrap().options
const NARROWED: Partial<Input<'reports.list'>> = {
  districts: ['Mimika Baru'],
  services: ['air'],
  states: ['disposed'],
}

const planOf = ({ db }: TestDesk, { sql, values }: Statement) =>
  db
    .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...values)
    .map((row) => row.detail)
    .join(' | ')

const wantedOf = (
  { desk }: TestDesk,
  filter: ReturnType<typeof filterOf>,
  match: string | null = null,
  rare = false,
): Wanted => ({
  filter,
  conditions: filterConditions(filter, askedBy(desk)),
  match,
  rare,
  wide: false,
})

test('every order is walked along its own index in both directions, first page and later ones', () => {
  const t = makeDesk()
  for (const sort of SORTS) {
    for (const descending of [false, true]) {
      const filter = filterOf({ sort, descending })
      const order = sortOf(filter)
      const position = order.keys.map((key) => (/number|subject|district/.test(key) ? 'x' : 1))
      for (const after of [null, [...position, 1]]) {
        const plan = planOf(t, pageStatement(wantedOf(t, filter), order, 'walk', after))
        expect(plan).toContain(`INDEX ${order.index}`)
        // A sort of the whole table would show as a temporary tree.
        expect(plan).not.toContain('TEMP B-TREE')
        if (after) expect(plan).toMatch(/^SEARCH/)
      }
    }
  }
})

test('every view and every filter is counted by an index, the broad ones without touching a row', () => {
  const t = makeDesk()
  for (const view of InboxView.options) {
    for (const narrowed of [{}, NARROWED]) {
      const plan = planOf(t, countStatement(wantedOf(t, filterOf({ view, ...narrowed }))))
      expect(plan).toMatch(/INDEX current_/)
      if (['all', 'closed', 'late', 'due_today'].includes(view)) expect(plan).toContain('COVERING INDEX')
    }
  }
})

test('a view in its own order needs no sorting', () => {
  const t = makeDesk()
  for (const view of ['new', 'citizen_replied', 'mine', 'late', 'due_today', 'closed'] as const) {
    const filter = filterOf({ view })
    expect(planOf(t, pageStatement(wantedOf(t, filter), sortOf(filter), 'collect', null))).not.toContain(
      'TEMP B-TREE',
    )
  }
})

test('a search walks the dates when matches are many and looks rows up when they are few', () => {
  const t = makeDesk()
  const filter = filterOf({ q: 'jalan' })
  const order = sortOf(filter)
  const many = wantedOf(t, filter, '"jalan"')
  expect(planOf(t, pageStatement(many, order, 'walk', null))).toContain('COVERING INDEX current_by_requested')
  const few = wantedOf(t, filter, '"jalan"', true)
  expect(planOf(t, pageStatement(few, order, 'collect', null))).toContain('INTEGER PRIMARY KEY')
  const late = wantedOf(t, filterOf({ q: 'jalan', view: 'late' }), '"jalan"')
  expect(planOf(t, countStatement(late))).toContain('COVERING INDEX current_by_due')
})
