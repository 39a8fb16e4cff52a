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

/** The rule set in force on a date: the latest that began by then, else the earliest there is. */
export function ruleSetOn(ruleSets: readonly RuleSet[], date: string): RuleSet {
  const sorted = ruleSets.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
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

function clock(
  term: Term,
  calendar: OfficeCalendar,
  rules: RuleSet,
  assumedClass: boolean,
  now: number,
): Clock {
  const offset = calendar.utcOffsetMinutes
  const start = dayAt(term.startAt, offset)
  const until = Math.max(term.metAt ?? now, term.startAt)
  const standing = standingDays(term.pauses, calendar, until)
  const due = addWorkingDays(calendar, start, term.days, standing)
  const today = dayAt(until, offset)
  const distance = workingDaysBetween(calendar, today, due, standing)
  const late = today > due
  const paused = term.metAt === null && !term.over && term.pauses.some((pause) => pause.to === null)
  const open = paused ? 'paused' : late ? 'late' : today === due ? 'due_today' : 'running'
  return {
    dueAt: endOfDay(due, offset),
    dueOn: dateOfDay(due),
    // Late over a weekend is late by one working day at least, never by zero.
    workingDaysLeft: late ? Math.min(distance, -1) : distance,
    metAt: term.metAt,
    paused,
    status: term.metAt !== null ? 'met' : term.over ? 'none' : open,
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
  const startAt = state.clockStartedAt
  const rules = ruleSetOn(settings.ruleSets, dateAt(startAt, calendar.utcOffsetMinutes))
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
  const make = (term: Omit<Term, 'over'>, assumed = false) =>
    clock({ ...term, over }, calendar, rules, assumed, now)
  const silentFrom = Math.max(settledAt ?? startAt, state.citizenRepliedAt ?? 0)
  return {
    verify: make({ days: rules.verifyDays, startAt, metAt: verifiedAt, pauses: waiting }),
    response: make({
      days: rules.responseDays,
      startAt,
      metAt: answeredAt,
      pauses: waiting,
    }),
    settlement: make(
      { days: settlementDays(rules, state), startAt, metAt: settledAt, pauses: settling },
      state.class === null,
    ),
    close:
      state.state === 'resolved'
        ? make({ days: rules.closeAfterSilentDays, startAt: silentFrom, metAt: null, pauses: [] })
        : null,
  }
}
