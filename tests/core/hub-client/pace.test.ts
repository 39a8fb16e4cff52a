import { expect, test } from 'vitest'
import { watchPatience, type RequestPhase } from '../../../electron/shell/patience.ts'
import {
  bytesIn,
  learn,
  patienceFor,
  SILENCE_MS,
  UNMEASURED,
} from '../../../electron/core/hub-client/pace.ts'

const small = { bytesUp: 300, bytesDown: 400, answerMs: 600, totalMs: 610 }

test('small requests measure the trip, large answers the rate down, large bodies the rate up', () => {
  const trip = learn(UNMEASURED, small)
  expect(trip).toEqual({ ...UNMEASURED, rttMs: 600 })
  const down = learn(trip, { bytesUp: 300, bytesDown: 64_000, answerMs: 600, totalMs: 2600 })
  expect(down.downBps).toBeCloseTo(32_000)
  const up = learn(down, { bytesUp: 64_000, bytesDown: 400, answerMs: 2600, totalMs: 2610 })
  expect(up.upBps).toBeCloseTo(32_000)
  expect(up.rttMs).toBeCloseTo(600)
})

test('a link that became slow is believed sooner than one that recovered', () => {
  const fast = { ...UNMEASURED, rttMs: 100, downBps: 100_000 }
  const sample = (totalMs: number) => ({ bytesUp: 0, bytesDown: 100_000, answerMs: 100, totalMs })
  expect(learn(fast, sample(10_100)).downBps).toBeLessThan(50_000)
  expect(learn({ ...fast, downBps: 10_000 }, sample(1100)).downBps).toBeLessThan(50_000)
})

test('a clock that stood still or jumped measured nothing', () => {
  for (const totalMs of [0, -5000, 9e9]) expect(learn(UNMEASURED, { ...small, totalMs })).toEqual(UNMEASURED)
})

// Verifies SYNC-05 (P19)
test('patience grows with the link and the work, but silence is always 45 s', () => {
  const fresh = patienceFor(UNMEASURED)
  const slow = patienceFor({ ...UNMEASURED, rttMs: 5000 }, 50_000)
  expect(fresh.silenceMs).toBe(45_000)
  expect(slow.silenceMs).toBe(SILENCE_MS)
  expect(slow.connectMs).toBeGreaterThan(fresh.connectMs)
  expect(slow.answerMs).toBe(45_000 + 20_000 + 50_000)
  expect(patienceFor({ ...UNMEASURED, rttMs: 9e8 }).answerMs).toBe(300_000)
})

test('a piece is as much as the link moves in its time, within bounds', () => {
  const bounds = { least: 100, most: 5000, unknown: 700 }
  expect([null, 1, 100, 9e9].map((bps) => bytesIn(bps, 10, bounds))).toEqual([700, 100, 1000, 5000])
})

test('each phase has its own limit, and sending that gets on is life', () => {
  let now = 0
  let due: { at: number; run: () => void } | null = null
  const ended: [RequestPhase, number][] = []
  const watch = watchPatience(
    { connectMs: 20, answerMs: 60, silenceMs: 45 },
    (phase) => ended.push([phase, now]),
    (ms, run) => {
      const mine = (due = { at: now + ms, run })
      return () => void (due === mine && (due = null))
    },
  )
  const pass = (ms: number) => {
    now += ms
    if (due && due.at <= now) due.run()
  }
  watch.at('connect')
  pass(19)
  for (let i = 0; i < 10; i++) {
    watch.at('send')
    pass(40)
  }
  watch.at('answer')
  pass(59)
  watch.at('body')
  pass(44)
  expect(ended).toEqual([])
  pass(1)
  expect(ended).toEqual([['body', now]])
  watch.stop()
  expect(due).toBeNull()
})
