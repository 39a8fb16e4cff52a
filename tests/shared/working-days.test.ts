import { dateOfDay, dayOfDate, weekdayOf } from '@shared/domain/days.ts'
import {
  addWorkingDays,
  holidaysBetween,
  isWorkingDay,
  workingDaysBetween,
} from '@shared/domain/working-days.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendar } from './fixtures.ts'

const anyDay = fc.integer({ min: dayOfDate('2025-01-01'), max: dayOfDate('2029-12-31') })
const anyWeek = fc
  .uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 })
  .map((workdays) => ({ ...calendar, workdays }))

test('days know their weekday and survive a round trip', () => {
  expect(weekdayOf(dayOfDate('2026-11-24'))).toBe(2)
  expect(weekdayOf(dayOfDate('1969-12-31'))).toBe(3)
  fc.assert(fc.property(anyDay, (day) => dayOfDate(dateOfDay(day)) === day))
})

test('adding n working days lands on a working day exactly n working days away', () => {
  fc.assert(
    fc.property(anyWeek, anyDay, fc.integer({ min: 1, max: 60 }), (week, start, count) => {
      const due = addWorkingDays(week, start, count)
      expect(isWorkingDay(week, due)).toBe(true)
      expect(workingDaysBetween(week, start, due)).toBe(count)
      expect(workingDaysBetween(week, due, start)).toBe(-count)
    }),
  )
})

test('only holidays on a day of the office’s week are named', () => {
  const march = holidaysBetween(calendar, dayOfDate('2026-03-17'), dayOfDate('2026-03-24'))
  expect(march.map((day) => day.date)).toEqual([
    '2026-03-18',
    '2026-03-19',
    '2026-03-20',
    '2026-03-23',
    '2026-03-24',
  ])
})

test('a week without working days is refused instead of searched for ever', () => {
  expect(() => addWorkingDays({ workdays: [], holidays: [] }, 0, 1)).toThrow(RangeError)
})
