import { dateAt } from '@shared/domain/days.ts'
import { clocksOf, type Clock } from '@shared/domain/deadlines.ts'
import type { ReportState } from '@shared/domain/report.ts'
import type { ClockView } from '@shared/ipc/views.ts'
import type { Desk } from '../desk.ts'

const WIT_MINUTES = 540

/** The clocks of a report as shown; `current` is the one that matters now: response until it is met, then settlement. */
export interface ClockViews {
  verify: ClockView
  response: ClockView
  settlement: ClockView
  current: ClockView
}

/** Minutes east of UTC of the office; WIT until its settings are mirrored. */
export const officeOffset = (desk: Pick<Desk, 'settings'>): number =>
  desk.settings()?.calendar.utcOffsetMinutes ?? WIT_MINUTES

/** Computed at reading, so that a list left open over midnight is not wrong by a day (CLOCK-01). */
export function clockViews(desk: Pick<Desk, 'settings' | 'host'>, state: ReportState): ClockViews {
  const settings = desk.settings()
  if (!settings) {
    const none = withoutRules(state)
    return { verify: none, response: none, settlement: none, current: none }
  }
  const clocks = clocksOf(state, settings, desk.host.now())
  const response = clockView(clocks.response)
  const settlement = clockView(clocks.settlement)
  return {
    verify: clockView(clocks.verify),
    response,
    settlement,
    current: clocks.response.metAt === null ? response : settlement,
  }
}

const clockView = ({ paused: _, ...clock }: Clock): ClockView => clock

const withoutRules = (state: ReportState): ClockView => ({
  status: 'none',
  dueOn: null,
  dueAt: null,
  workingDaysLeft: null,
  metAt: null,
  explain: {
    days: 0,
    startOn: dateAt(state.clockStartedAt, WIT_MINUTES),
    skipped: [],
    pausedDays: 0,
    ruleSetId: '',
    assumedClass: state.class === null,
  },
})
