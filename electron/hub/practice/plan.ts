import type { OfficeCalendar } from '@shared/domain/settings.ts'
import type { PracticeReport, Step } from './files.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Usual hours between the act before and this one. */
const PACE: Readonly<Record<Step['do'], number>> = {
  verify: 4,
  classify: 1,
  prioritise: 0.5,
  set_flags: 1,
  clear_flags: 4,
  ask_citizen: 5,
  resume: 3,
  dispose: 3,
  note: 20,
  propose_referral: 6,
  propose_archive: 6,
  approve_proposal: 18,
  reject_proposal: 12,
  schedule: 24,
  group: 6,
  ungroup: 20,
  route: 2,
  reopen: 26,
  submit: 21,
  withdraw: 3,
  approve: 5,
  return: 4,
  citizen: 19,
}

/** One step with its time and the agency whose officer acts. `step` null: the citizen files the report. */
export interface Planned {
  report: PracticeReport
  agencyId: string
  step: Step | null
  /** Index in the story; with the report's ref it names the act for ever. */
  index: number
  at: number
}

/** Every report and step of the practice data as one list in the order of time, nothing later than `now`. */
export function plan(
  reports: readonly PracticeReport[],
  ownerOf: (report: PracticeReport) => string,
  calendar: OfficeCalendar,
  now: number,
): Planned[] {
  const all = reports.flatMap((report, i) => {
    const requestedAt = requestTime(report, calendar, now - (20 + (i % 37)) * MINUTE)
    const times = storyTimes(report.story, requestedAt, calendar, now - 5 * MINUTE)
    let agencyId = ownerOf(report)
    const filed: Planned = { report, agencyId, step: null, index: -1, at: requestedAt }
    const acts = report.story.map((step, index): Planned => {
      const acting = step.agency ?? agencyId
      // The operator reopens from outside; every other change of agency is a move.
      if (step.do !== 'reopen') agencyId = acting
      return { report, agencyId: acting, step, index, at: times[index]! }
    })
    return [filed, ...acts]
  })
  return all.sort((a, b) => a.at - b.at)
}

/**
 * The same acts in rounds: acts of one round touch different reports, so they can travel together. An act comes after
 * the one before it on its report; joining a group also keeps its place among the acts on the lead.
 */
export function rounds(acts: readonly Planned[]): Planned[][] {
  const last = new Map<string, number>()
  const out: Planned[][] = []
  for (const act of acts) {
    const touched = act.step?.do === 'group' ? [act.report.ref, act.step.lead] : [act.report.ref]
    const round = Math.max(...touched.map((ref) => last.get(ref) ?? 0))
    for (const ref of touched) last.set(ref, round + 1)
    ;(out[round] ??= []).push(act)
  }
  return out
}

function requestTime(report: PracticeReport, calendar: OfficeCalendar, latest: number): number {
  const offset = calendar.utcOffsetMinutes * MINUTE
  const today = Math.floor((latest + offset) / DAY)
  const [hours, minutes] = report.time.split(':').map(Number) as [number, number]
  const day =
    report.daysAgo === undefined ? back(today, report.workdaysAgo ?? 0, calendar) : today - report.daysAgo
  return Math.min(day * DAY + hours * HOUR + minutes * MINUTE - offset, latest)
}

/** The office day `count` working days before `day`. */
function back(day: number, count: number, calendar: OfficeCalendar): number {
  let found = day
  for (let left = count; left > 0;) {
    found--
    if (isOfficeDay(found, calendar)) left--
  }
  return found
}

/** Day numbers count from 1970-01-01, a Thursday (ISO 4). */
function isOfficeDay(day: number, calendar: OfficeCalendar): boolean {
  const date = new Date(day * DAY).toISOString().slice(0, 10)
  const weekday = ((((day + 3) % 7) + 7) % 7) + 1
  return calendar.workdays.includes(weekday) && !calendar.holidays.some((h) => h.date === date)
}

/** When each step happened: at its usual pace and in office hours, squeezed together if the report is too young for that. */
function storyTimes(
  story: readonly Step[],
  from: number,
  calendar: OfficeCalendar,
  latest: number,
): number[] {
  let at = from
  const times = story.map((step) => {
    at = step.day === undefined ? at + PACE[step.do] * HOUR : Math.max(at + MINUTE, from + step.day * DAY)
    if (step.do !== 'citizen') at = officeTime(at, calendar)
    return at
  })
  const last = times.at(-1) ?? from
  if (last <= latest) return times
  const squeeze = Math.max(latest - from, MINUTE) / (last - from)
  return times.map((t, i) => Math.round(from + (t - from) * squeeze) + i)
}

/** The same moment if the office is open (08.00–15.30), else soon after it opens. */
function officeTime(at: number, calendar: OfficeCalendar): number {
  const offset = calendar.utcOffsetMinutes * MINUTE
  let day = Math.floor((at + offset) / DAY)
  const time = at + offset - day * DAY
  if (isOfficeDay(day, calendar) && time >= 8 * HOUR && time <= 15.5 * HOUR) return at
  if (time > 15.5 * HOUR || !isOfficeDay(day, calendar)) day++
  while (!isOfficeDay(day, calendar)) day++
  const opens = day * DAY + 8 * HOUR - offset
  // Spread over the morning, the same way on every load.
  return Math.max(opens, at - 15 * HOUR) + (at % (2 * HOUR))
}
