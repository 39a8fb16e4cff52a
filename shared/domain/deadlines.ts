import { dateAt, dateOfDay, dayAt, endOfDay, type Day } from './days.ts'
import type { Pause, ReportState, ReportStateName } from './report.ts'
import type { AgencySettings, OfficeCalendar, RuleSet } from './settings.ts'
import {
  addWorkingDays,
  holidaysBetween,
  isWorkingDay,
  workingDaysBetween,
  type SkippedDay,
} from './working-days.ts'

/** `none`: the clock is not ours any more (duplicate, referred, archived, closed unanswered). */
export type ClockStatus = 'running' | 'met' | 'paused' | 'due_today' | 'late' | 'none'

/** What a due date is made of; `explainClock` words it. `assumedClass`: no class yet, so pengaduan's days count. */
export interface ClockReason {
  days: number
  startOn: string
  skipped: SkippedDay[]
  pausedDays: number
  ruleSetId: string
  assumedClass: boolean
}

/** One clock of a report. A paused clock's due date is the one it would have if it went on today. */
export interface Clock {
  /** Last millisecond of the office day on which it is due. */
  dueAt: number
  dueOn: string
  /** Working days from today (from the day it was met, for a met clock) to `dueOn`; negative exactly when late. */
  workingDaysLeft: number
  metAt: number | null
  paused: boolean
  status: ClockStatus
  explain: ClockReason
}

/** The clocks of a report; `close` runs only while the report is resolved. */
export interface Clocks {
  verify: Clock
  response: Clock
  settlement: Clock
  close: Clock | null
}

/** What the clocks read of a report's state. */
export type ClockedState = Pick<
  ReportState,
  | 'state'
  | 'class'
  | 'oversight'
  | 'clockStartedAt'
  | 'verifiedAt'
  | 'responseMetAt'
  | 'settlementMetAt'
  | 'citizenRepliedAt'
  | 'pauses'
>

const NOT_OURS: readonly ReportStateName[] = ['duplicate', 'referred', 'archived', 'closed']

const sortedSets = new WeakMap<readonly RuleSet[], readonly RuleSet[]>()

/** The rule set in force on a date: the latest that began by then, else the earliest there is. */
export function ruleSetOn(ruleSets: readonly RuleSet[], date: string): RuleSet {
  let sorted = sortedSets.get(ruleSets)
  if (!sorted) {
    sorted = ruleSets.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
    sortedSets.set(ruleSets, sorted)
  }
  const chosen = sorted.findLast((rules) => rules.validFrom <= date) ?? sorted[0]
  if (!chosen) throw new RangeError('settings without a rule set')
  return chosen
}

/** Settlement days of a class; a report not yet classified gets pengaduan's, the longest ordinary term. */
export function settlementDays(rules: RuleSet, state: Pick<ReportState, 'class' | 'oversight'>): number {
  const kind = state.class ?? 'pengaduan'
  return kind === 'pengaduan' && state.oversight
    ? rules.settlementDays.pengaduanOversight
    : rules.settlementDays[kind]
}

/** Working days on which a pause held: the day it began still counts, the day it ended does not (whole days only). */
function standingDays(pauses: readonly Pause[], calendar: OfficeCalendar, until: number): Set<Day> {
  const offset = calendar.utcOffsetMinutes
  const days = new Set<Day>()
  for (const pause of pauses) {
    const last = dayAt(Math.min(pause.to ?? until, until), offset)
    for (let day = dayAt(pause.from, offset) + 1; day <= last; day++)
      if (isWorkingDay(calendar, day)) days.add(day)
  }
  return days
}

interface Term {
  days: number
  startAt: number
  metAt: number | null
  pauses: readonly Pause[]
  over: boolean
}

/** The days that a term's clock is made of. */
interface Span {
  start: Day
  due: Day
  /** The day it is looked at: the one it was met on, for a met clock. */
  today: Day
  standing: ReadonlySet<Day>
}

function spanOf(term: Term, calendar: OfficeCalendar, now: number): Span {
  const offset = calendar.utcOffsetMinutes
  const start = dayAt(term.startAt, offset)
  const until = Math.max(term.metAt ?? now, term.startAt)
  const standing = standingDays(term.pauses, calendar, until)
  const due = addWorkingDays(calendar, start, term.days, standing)
  return { start, due, today: dayAt(until, offset), standing }
}

const isPaused = (term: Term): boolean =>
  term.metAt === null && !term.over && term.pauses.some((pause) => pause.to === null)

function statusOf(term: Term, { today, due }: Span): ClockStatus {
  if (term.metAt !== null) return 'met'
  if (term.over) return 'none'
  if (isPaused(term)) return 'paused'
  if (today > due) return 'late'
  return today === due ? 'due_today' : 'running'
}

function clock(
  term: Term,
  calendar: OfficeCalendar,
  rules: RuleSet,
  assumedClass: boolean,
  now: number,
): Clock {
  const span = spanOf(term, calendar, now)
  const { start, due, today, standing } = span
  const distance = workingDaysBetween(calendar, today, due, standing)
  return {
    dueAt: endOfDay(due, calendar.utcOffsetMinutes),
    dueOn: dateOfDay(due),
    // Late over a weekend is late by one working day at least, never by zero.
    workingDaysLeft: today > due ? Math.min(distance, -1) : distance,
    metAt: term.metAt,
    paused: isPaused(term),
    status: statusOf(term, span),
    explain: {
      days: term.days,
      startOn: dateOfDay(start),
      skipped: holidaysBetween(calendar, start, due),
      pausedDays: [...standing].filter((day) => day > start && day <= due).length,
      ruleSetId: rules.id,
      assumedClass,
    },
  }
}

/** What the terms of a report's clocks follow from. */
interface Terms {
  rules: RuleSet
  over: boolean
  verify: Term
  response: Term
  settlement: Term
}

function termsOf(
  state: ClockedState,
  { ruleSets, calendar }: Pick<AgencySettings, 'ruleSets' | 'calendar'>,
): Terms {
  const startAt = state.clockStartedAt
  const rules = ruleSetOn(ruleSets, dateAt(startAt, calendar.utcOffsetMinutes))
  const met = (at: number | null) => (at !== null && at >= startAt ? at : null)
  const settledAt = met(state.settlementMetAt)
  // Each later step implies the earlier ones: a final answer is the first substantive one, and who answers has verified.
  const answeredAt = met(state.responseMetAt) ?? settledAt
  const verifiedAt = met(state.verifiedAt) ?? answeredAt
  const over = NOT_OURS.includes(state.state)
  // Waiting for the citizen stops every clock; other states stop settlement alone, and only by rule.
  const waiting = state.pauses.filter((pause) => (pause.state ?? 'awaiting_citizen') === 'awaiting_citizen')
  const settling = state.pauses.filter(
    (pause) => !pause.state || rules.pausesSettlement.includes(pause.state),
  )
  return {
    rules,
    over,
    verify: { days: rules.verifyDays, startAt, metAt: verifiedAt, pauses: waiting, over },
    response: { days: rules.responseDays, startAt, metAt: answeredAt, pauses: waiting, over },
    settlement: { days: settlementDays(rules, state), startAt, metAt: settledAt, pauses: settling, over },
  }
}

/** The clock that matters now, response until it is met and then settlement, without what only an explanation needs. */
export function currentClock(
  state: ClockedState,
  settings: Pick<AgencySettings, 'ruleSets' | 'calendar'>,
  now: number,
): Pick<Clock, 'dueAt' | 'status'> {
  const { response, settlement } = termsOf(state, settings)
  const term = response.metAt === null ? response : settlement
  const span = spanOf(term, settings.calendar, now)
  return { dueAt: endOfDay(span.due, settings.calendar.utcOffsetMinutes), status: statusOf(term, span) }
}

/**
 * Every clock of a report at `now` (ms UTC). The rule set is the one in force when the clocks started; a time met
 * before that (an earlier round, before a reopening) does not count. Verifies CLOCK-01.
 */
export function clocksOf(
  state: ClockedState,
  settings: Pick<AgencySettings, 'ruleSets' | 'calendar'>,
  now: number,
): Clocks {
  const { calendar } = settings
  const { rules, over, verify, response, settlement } = termsOf(state, settings)
  const make = (term: Term, assumed = false) => clock(term, calendar, rules, assumed, now)
  const silentFrom = Math.max(settlement.metAt ?? state.clockStartedAt, state.citizenRepliedAt ?? 0)
  const silent = { days: rules.closeAfterSilentDays, startAt: silentFrom, metAt: null, pauses: [], over }
  return {
    verify: make(verify),
    response: make(response),
    settlement: make(settlement, state.class === null),
    close: state.state === 'resolved' ? make(silent) : null,
  }
}
