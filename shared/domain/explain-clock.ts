import type { ClockReason } from './deadlines.ts'
import { dayOfDate } from './days.ts'
import { shortDate, type Language } from './locale.ts'
import type { SkippedDay } from './working-days.ts'

const WORDS = {
  id: {
    days: (count: number) => `${count} HK`,
    since: 'sejak',
    without: 'tanpa',
    and: 'dan',
    more: (count: number) => `${count} hari libur lain`,
    paused: (count: number) => `berhenti ${count} HK`,
    assumed: 'kelas belum ditetapkan',
  },
  en: {
    days: (count: number) => `${count} working day${count === 1 ? '' : 's'}`,
    since: 'from',
    without: 'without',
    and: 'and',
    more: (count: number) => `${count} more holiday${count === 1 ? '' : 's'}`,
    paused: (count: number) => `stopped for ${count} working day${count === 1 ? '' : 's'}`,
    assumed: 'class not set yet',
  },
} as const

const NAMED_HOLIDAYS = 3

type Explained = Omit<ClockReason, 'ruleSetId' | 'assumedClass'> & { assumedClass?: boolean }

/** Neighbouring days of one holiday become one item: `23–24 Mar (Cuti bersama Idulfitri)`. */
function spans(skipped: readonly SkippedDay[]): { from: string; to: string; name: string; days: number }[] {
  const result: { from: string; to: string; name: string; days: number }[] = []
  for (const { date, name } of skipped) {
    const last = result.at(-1)
    if (last && last.name === name && dayOfDate(date) === dayOfDate(last.to) + 1) {
      last.to = date
      last.days += 1
    } else result.push({ from: date, to: date, name, days: 1 })
  }
  return result
}

function spanText(
  span: { from: string; to: string; name: string },
  year: string,
  language: Language,
): string {
  const to = shortDate(span.to, language, span.to.slice(0, 4) !== year)
  if (span.from === span.to) return `${to} (${span.name})`
  const sameMonth = span.from.slice(0, 7) === span.to.slice(0, 7)
  const from = sameMonth
    ? String(Number(span.from.slice(8)))
    : shortDate(span.from, language, span.from.slice(0, 4) !== span.to.slice(0, 4))
  return `${from}–${to} (${span.name})`
}

function list(items: readonly string[], and: string): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${and} ${items.at(-1)}`
}

/** One sentence part that explains a due date: `14 HK sejak 3 Feb 2026, tanpa 17 Feb (Imlek)`. */
export function explainClock(clock: { explain: Explained }, language: Language = 'id'): string {
  const { days, startOn, skipped, pausedDays, assumedClass } = clock.explain
  const words = WORDS[language]
  const parts = [`${words.days(days)} ${words.since} ${shortDate(startOn, language)}`]
  const holidays = spans(skipped)
  if (holidays.length > 0) {
    const named = holidays.slice(
      0,
      holidays.length === NAMED_HOLIDAYS + 1 ? NAMED_HOLIDAYS + 1 : NAMED_HOLIDAYS,
    )
    const rest = holidays.slice(named.length).reduce((sum, span) => sum + span.days, 0)
    const items = named.map((span) => spanText(span, startOn.slice(0, 4), language))
    if (rest > 0) items.push(words.more(rest))
    parts.push(`${words.without} ${list(items, words.and)}`)
  }
  if (pausedDays > 0) parts.push(words.paused(pausedDays))
  if (assumedClass) parts.push(words.assumed)
  return parts.join(', ')
}
