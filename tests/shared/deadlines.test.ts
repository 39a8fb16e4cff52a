import { clocksOf, ruleSetOn } from '@shared/domain/deadlines.ts'
import { explainClock } from '@shared/domain/explain-clock.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendar, rules, stateOf, wit } from './fixtures.ts'

const settings = { ruleSets: [rules], calendar }

// Verifies CLOCK-01
describe('due dates', () => {
  test('a complaint of 3 February explains itself over Imlek', () => {
    const { settlement } = clocksOf(stateOf(), settings, wit('2026-02-05', 10))
    expect(settlement).toMatchObject({
      dueOn: '2026-02-24',
      status: 'running',
      workingDaysLeft: 12,
      metAt: null,
    })
    expect(settlement.dueAt).toBe(wit('2026-02-25') - 1)
    expect(explainClock(settlement)).toBe('14 HK sejak 3 Feb 2026, tanpa 17 Feb (Imlek)')
    expect(explainClock(settlement, 'en')).toBe('14 working days from 3 Feb 2026, without 17 Feb (Imlek)')
  })

  test.each([
    // started (WIT), working days, due
    ['2026-02-03', 9, 3, '2026-02-06'],
    ['2026-02-06', 23, 1, '2026-02-09'], // Friday night → Monday
    ['2026-02-07', 8, 1, '2026-02-09'], // Saturday → Monday is day one
    ['2026-02-08', 8, 1, '2026-02-09'],
    ['2026-02-16', 8, 1, '2026-02-18'], // Imlek between
    ['2026-12-24', 8, 5, '2027-01-04'], // Christmas, New Year, two weekends
    ['2026-12-31', 15, 1, '2027-01-04'],
  ])('%s at %i.00, %i working days → %s', (date, hour, days, due) => {
    const one = { ...rules, verifyDays: days }
    const { verify } = clocksOf(
      stateOf({ clockStartedAt: wit(date, hour) }),
      { ruleSets: [one], calendar },
      0,
    )
    expect(verify.dueOn).toBe(due)
  })

  test('the office day changes at midnight in the office zone, not at UTC midnight', () => {
    const before = clocksOf(
      stateOf({ clockStartedAt: wit('2026-02-03', 23, 59) }),
      settings,
      wit('2026-02-04'),
    )
    const after = clocksOf(stateOf({ clockStartedAt: wit('2026-02-04', 0, 0) }), settings, wit('2026-02-04'))
    expect([before.verify.dueOn, after.verify.dueOn]).toEqual(['2026-02-06', '2026-02-09'])
  })

  test('a six-day week counts Saturdays, and a holiday on one of them', () => {
    const six = { ...calendar, workdays: [1, 2, 3, 4, 5, 6] }
    const state = stateOf({ clockStartedAt: wit('2026-03-17', 8) })
    const { response } = clocksOf(state, { ruleSets: [rules], calendar: six }, wit('2026-03-17', 9))
    expect(response.dueOn).toBe('2026-03-30')
    expect(explainClock(response)).toBe(
      '5 HK sejak 17 Mar 2026, tanpa 18 Mar (Cuti bersama Idulfitri), 19 Mar (Nyepi), 20–21 Mar (Idulfitri) dan 23–24 Mar (Cuti bersama Idulfitri)',
    )
  })
})

describe('status', () => {
  test.each([
    ['2026-02-05', 'running', 1],
    ['2026-02-06', 'due_today', 0],
    ['2026-02-07', 'late', -1], // a Saturday: late, and never "0 days late"
    ['2026-02-09', 'late', -1],
    ['2026-02-18', 'late', -7],
  ])('verify on %s is %s with %i left', (date, status, left) => {
    const { verify } = clocksOf(stateOf(), settings, wit(date, 12))
    expect(verify).toMatchObject({ status, workingDaysLeft: left, dueOn: '2026-02-06' })
  })

  test('met in time and met late stay distinguishable', () => {
    const state = stateOf({ verifiedAt: wit('2026-02-06', 23), responseMetAt: wit('2026-02-12', 1) })
    const { verify, response } = clocksOf(state, settings, wit('2026-06-01'))
    expect(verify).toMatchObject({ status: 'met', workingDaysLeft: 0 })
    expect(response).toMatchObject({ status: 'met', dueOn: '2026-02-10', workingDaysLeft: -2 })
  })

  test('a final answer meets the response clock too', () => {
    const at = wit('2026-02-05')
    expect(clocksOf(stateOf({ state: 'resolved', settlementMetAt: at }), settings, at).response.metAt).toBe(
      at,
    )
  })

  test('a reopening starts anew: what was met before does not count', () => {
    const state = stateOf({
      state: 'reopened',
      clockStartedAt: wit('2026-04-01', 8),
      verifiedAt: wit('2026-02-04'),
      responseMetAt: wit('2026-02-05'),
      settlementMetAt: wit('2026-02-10'),
    })
    const clocks = clocksOf(state, settings, wit('2026-04-01', 9))
    expect([clocks.verify.metAt, clocks.response.metAt, clocks.settlement.metAt]).toEqual([null, null, null])
    expect(clocks.settlement.status).toBe('running')
  })

  test.each(['duplicate', 'referred', 'archived', 'closed'] as const)('%s has no running clock', (state) => {
    expect(clocksOf(stateOf({ state }), settings, wit('2027-01-01')).settlement.status).toBe('none')
  })

  test('silence of ten working days closes a resolved report; the citizen’s word starts it again', () => {
    const resolved = stateOf({ state: 'resolved', settlementMetAt: wit('2026-02-10', 9) })
    expect(clocksOf(resolved, settings, wit('2026-02-11')).close?.dueOn).toBe('2026-02-25')
    const spoken = { ...resolved, citizenRepliedAt: wit('2026-02-12', 9) }
    expect(clocksOf(spoken, settings, wit('2026-02-12')).close?.dueOn).toBe('2026-02-27')
    expect(clocksOf(stateOf(), settings, 0).close).toBeNull()
  })
})

describe('classes and rule sets', () => {
  test.each([
    [{ class: 'informasi' as const }, 5],
    [{ class: 'pengaduan' as const }, 14],
    [{ class: 'pengaduan' as const, oversight: true }, 60],
    [{ class: 'informasi' as const, oversight: true }, 5],
  ])('%o settles in %i working days', (change, days) => {
    expect(clocksOf(stateOf(change), settings, 0).settlement.explain).toMatchObject({
      days,
      assumedClass: false,
    })
  })

  test('without a class the longest ordinary term counts, and the sentence says so', () => {
    const { settlement, response } = clocksOf(stateOf({ class: null }), settings, wit('2026-02-03', 10))
    expect(explainClock(settlement)).toMatch(/^14 HK .*, kelas belum ditetapkan$/)
    expect(response.explain.assumedClass).toBe(false)
  })

  test('the rule set in force when the clock started stays, whatever comes later', () => {
    const next = { ...rules, id: 'baru', validFrom: '2026-02-04', responseDays: 2 }
    const both = { ruleSets: [next, rules], calendar }
    const old = clocksOf(stateOf(), both, wit('2026-03-01'))
    const fresh = clocksOf(stateOf({ clockStartedAt: wit('2026-02-04', 0, 0) }), both, wit('2026-03-01'))
    expect([old.response.explain.ruleSetId, fresh.response.explain.ruleSetId]).toEqual([
      'default-2024',
      'baru',
    ])
    expect(ruleSetOn([next, rules], '2020-01-01').id).toBe('default-2024')
    expect(() => ruleSetOn([], '2020-01-01')).toThrow(RangeError)
  })
})

describe('pauses', () => {
  const pause = (from: number, to: number | null, state?: 'awaiting_citizen' | 'scheduled') => ({
    from,
    to,
    reason: 'menunggu',
    ...(state && { state }),
  })

  test('whole working days only: a pause within one day moves nothing', () => {
    const pauses = [pause(wit('2026-02-04', 8), wit('2026-02-04', 17))]
    expect(clocksOf(stateOf({ pauses }), settings, wit('2026-02-04', 18)).verify.dueOn).toBe('2026-02-06')
  })

  test('overlapping pauses count once and say how long', () => {
    const pauses = [
      pause(wit('2026-02-04', 8), wit('2026-02-06', 9)),
      pause(wit('2026-02-05', 8), wit('2026-02-09', 9)),
    ]
    const { verify } = clocksOf(stateOf({ pauses }), settings, wit('2026-02-10'))
    expect(verify.dueOn).toBe('2026-02-11')
    expect(explainClock(verify)).toBe('3 HK sejak 3 Feb 2026, berhenti 3 HK')
  })

  test('while it stands still nothing gets closer or later', () => {
    const state = stateOf({ state: 'awaiting_citizen', pauses: [pause(wit('2026-02-04', 8), null)] })
    for (const date of ['2026-02-04', '2026-02-13', '2026-05-01'])
      expect(clocksOf(state, settings, wit(date, 12)).verify).toMatchObject({
        status: 'paused',
        workingDaysLeft: 2,
      })
  })

  test('lateness does not grow during a pause that came too late', () => {
    const state = stateOf({ pauses: [pause(wit('2026-02-10', 8), null)] })
    const { verify } = clocksOf(state, settings, wit('2026-04-10'))
    expect(verify).toMatchObject({ status: 'paused', dueOn: '2026-02-06', workingDaysLeft: -2 })
  })

  test('a scheduled work stops settlement alone, and only if the rules say so', () => {
    const state = stateOf({ state: 'scheduled', pauses: [pause(wit('2026-02-04', 8), null, 'scheduled')] })
    const now = wit('2026-02-05', 8)
    const clocks = clocksOf(state, settings, now)
    expect([clocks.response.status, clocks.settlement.status]).toEqual(['running', 'paused'])
    const strict = { ...rules, pausesSettlement: ['awaiting_citizen' as const] }
    expect(clocksOf(state, { ruleSets: [strict], calendar }, now).settlement.status).toBe('running')
  })
})

describe('laws', () => {
  const start = fc.integer({ min: wit('2026-01-01'), max: wit('2027-12-31') })
  const span = fc.integer({ min: 0, max: 60 * 86_400_000 })

  test('late exactly when negative, due today exactly when zero, and time never brings a due date closer', () => {
    fc.assert(
      fc.property(start, span, span, span, (clockStartedAt, toPause, length, toNow) => {
        const from = clockStartedAt + toPause
        const pauses = [{ from, to: from + length, reason: '' }]
        const free = clocksOf(stateOf({ clockStartedAt }), settings, clockStartedAt + toNow)
        const held = clocksOf(stateOf({ clockStartedAt, pauses }), settings, from + length + toNow)
        for (const clock of [free.verify, free.response, free.settlement, held.settlement]) {
          expect(clock.status === 'late').toBe(clock.workingDaysLeft < 0)
          if (clock.status === 'due_today') expect(clock.workingDaysLeft).toBe(0)
          expect(clock.dueAt).toBeGreaterThan(clockStartedAt)
        }
        expect(held.settlement.dueAt).toBeGreaterThanOrEqual(free.settlement.dueAt)
        expect(free.verify.dueAt).toBeLessThanOrEqual(free.response.dueAt)
      }),
    )
  })
})
