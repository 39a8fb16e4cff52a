/** A calendar day of an office as a count of days since 1970-01-01, so that date arithmetic needs no time zone data. */
export type Day = number

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** The office's day on which the instant `ms` (UTC) falls; `utcOffsetMinutes` is 540 for WIT. */
export const dayAt = (ms: number, utcOffsetMinutes: number): Day =>
  Math.floor((ms + utcOffsetMinutes * MINUTE_MS) / DAY_MS)

/** The last millisecond (UTC) of an office's day. */
export const endOfDay = (day: Day, utcOffsetMinutes: number): number =>
  (day + 1) * DAY_MS - utcOffsetMinutes * MINUTE_MS - 1

/** The day of a date `YYYY-MM-DD`; a date past the month's end rolls over. */
export const dayOfDate = (date: string): Day =>
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / DAY_MS

/** The date `YYYY-MM-DD` of a day. */
export function dateOfDay(day: Day): string {
  let date = named.get(day)
  if (date === undefined) {
    date = new Date(day * DAY_MS).toISOString().slice(0, 10)
    if (named.size > NAMED_DAYS) named.clear()
    named.set(day, date)
  }
  return date
}
// Writing a date costs more than a row's other arithmetic together, and a mirror of years has a thousand of them.
const named = new Map<Day, string>()
const NAMED_DAYS = 5000

/** The office's date `YYYY-MM-DD` at the instant `ms` (UTC). */
export const dateAt = (ms: number, utcOffsetMinutes: number): string => dateOfDay(dayAt(ms, utcOffsetMinutes))

/** ISO weekday, 1 (Monday) – 7 (Sunday). */
export const weekdayOf = (day: Day): number => ((((day + 3) % 7) + 7) % 7) + 1
