import { dateOfDay, dayOfDate, weekdayOf, type Day } from './days.ts'
import type { OfficeCalendar } from './settings.ts'

type Week = Pick<OfficeCalendar, 'workdays' | 'holidays'>

/** A holiday that took a working day out of a span. */
export interface SkippedDay {
  date: string
  name: string
}

const holidaysOf = new WeakMap<Week, ReadonlyMap<Day, string>>()

// Calendars are immutable rows of the feed; a list of 100 reports asks the same one 400 times.
function holidays(calendar: Week): ReadonlyMap<Day, string> {
  let map = holidaysOf.get(calendar)
  if (!map) {
    map = new Map(calendar.holidays.map((holiday) => [dayOfDate(holiday.date), holiday.name]))
    holidaysOf.set(calendar, map)
  }
  return map
}

const NONE: ReadonlySet<Day> = new Set()
// A mirror of years asks for the same few thousand spans again and again.
const dueDays = new WeakMap<Week, Map<string, Day>>()

/** Whether the office works on that day: a day of its week that is no holiday. */
export const isWorkingDay = (calendar: Week, day: Day): boolean =>
  calendar.workdays.includes(weekdayOf(day)) && !holidays(calendar).has(day)

/**
 * The `count`-th working day after `start` (the day itself never counts), leaving out the days in `standing`.
 * Terminates because holidays and `standing` are finite; throws RangeError on a week without working days.
 */
export function addWorkingDays(
  calendar: Week,
  start: Day,
  count: number,
  standing: ReadonlySet<Day> = NONE,
): Day {
  if (calendar.workdays.length === 0) throw new RangeError('an office week without working days')
  if (standing.size > 0) return countedOn(calendar, start, count, standing)
  let known = dueDays.get(calendar)
  if (!known) dueDays.set(calendar, (known = new Map()))
  const key = `${start}+${count}`
  let due = known.get(key)
  if (due === undefined) {
    due = countedOn(calendar, start, count, standing)
    known.set(key, due)
  }
  return due
}

function countedOn(calendar: Week, start: Day, count: number, standing: ReadonlySet<Day>): Day {
  let day = start
  for (let left = count; left > 0;) {
    day += 1
    if (isWorkingDay(calendar, day) && !standing.has(day)) left -= 1
  }
  return day
}

/** Working days in (from, to] that are not in `standing`; negative when `to` lies before `from`. */
export function workingDaysBetween(
  calendar: Week,
  from: Day,
  to: Day,
  standing: ReadonlySet<Day> = NONE,
): number {
  if (to < from) return -workingDaysBetween(calendar, to, from, standing)
  let count = 0
  for (let day = from + 1; day <= to; day++) if (isWorkingDay(calendar, day) && !standing.has(day)) count += 1
  return count
}

/** Holidays in (from, to] that fell on a day of the office's week, in order. */
export function holidaysBetween(calendar: Week, from: Day, to: Day): SkippedDay[] {
  return [...holidays(calendar)]
    .filter(([day]) => day > from && day <= to && calendar.workdays.includes(weekdayOf(day)))
    .sort(([a], [b]) => a - b)
    .map(([day, name]) => ({ date: dateOfDay(day), name }))
}
