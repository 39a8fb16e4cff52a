import { expect, test } from 'vitest'
import { backoff, BASE_MS, CAP_MS } from '../../electron/core/sync/backoff.ts'
import {
  DEAF_MS,
  IDLE_POLL_MS,
  step,
  STOPPED,
  type SyncEvent,
  type SyncState,
} from '../../electron/core/sync/sync-machine.ts'

const NOW = 1000
const s = (phase: SyncState['phase'], change: Partial<SyncState> = {}): SyncState => ({
  ...STOPPED,
  phase,
  ...change,
})
const failed = (problem: Extract<SyncEvent, { type: 'failed' }>['problem'], draw = 0.5): SyncEvent => ({
  type: 'failed',
  problem,
  draw,
  now: NOW,
})
const exchanged = (more: boolean): SyncEvent => ({ type: 'exchanged', more, now: NOW })
/** Effects in short: `exchange`, `exchange!` (manual), `schedule:ms`, … */
const short = (state: SyncState, event: SyncEvent) => {
  const next = step(state, event)
  const effects = next.effects.map((e) =>
    e.do === 'exchange'
      ? e.manual
        ? 'exchange!'
        : 'exchange'
      : e.do === 'schedule'
        ? `schedule:${e.ms}`
        : e.do,
  )
  return {
    phase: next.state.phase,
    effects: effects.filter((e) => !e.startsWith('un')).join(' '),
    state: next.state,
  }
}

const idle = s('idle', { nextTryAt: NOW + IDLE_POLL_MS })
const busy = s('exchanging')
const offline = s('offline', { attempt: 3, problem: 'hub_unreachable', nextTryAt: 5000 })
const waiting = s('waiting', { attempt: 1, problem: 'hub_error', nextTryAt: 5000 })
const out = s('signed_out', { problem: 'device_revoked' })

const table: [name: string, from: SyncState, event: SyncEvent, phase: SyncState['phase'], effects: string][] =
  [
    ['starts with an exchange', STOPPED, { type: 'start' }, 'exchanging', 'exchange'],
    ['stopped hears nothing', STOPPED, { type: 'manual' }, 'stopped', ''],
    ['stopped ignores a late answer', STOPPED, exchanged(true), 'stopped', ''],
    ['a second start changes nothing', idle, { type: 'start' }, 'idle', ''],
    ['idle: work', idle, { type: 'work' }, 'exchanging', 'exchange'],
    ['idle: hint', idle, { type: 'hint' }, 'exchanging', 'exchange'],
    ['idle: timer', idle, { type: 'timer' }, 'exchanging', 'exchange'],
    ['idle: manual releases what is held', idle, { type: 'manual' }, 'exchanging', 'exchange!'],
    [
      'idle: a broken long poll makes it look sooner',
      idle,
      { type: 'deaf', now: NOW },
      'idle',
      `schedule:${DEAF_MS}`,
    ],
    ['idle: stop', idle, { type: 'stop' }, 'stopped', ''],
    ['offline: work does not hurry', offline, { type: 'work' }, 'offline', ''],
    ['offline: a person does', offline, { type: 'manual' }, 'exchanging', 'exchange!'],
    ['offline: a hint does', offline, { type: 'hint' }, 'exchanging', 'exchange'],
    ['offline: timer', offline, { type: 'timer' }, 'exchanging', 'exchange'],
    ['offline: deafness is no news', offline, { type: 'deaf', now: NOW }, 'offline', ''],
    ['waiting: timer', waiting, { type: 'timer' }, 'exchanging', 'exchange'],
    ['waiting: work does not hurry', waiting, { type: 'work' }, 'waiting', ''],
    ['signed out: hints do not help', out, { type: 'hint' }, 'signed_out', ''],
    ['signed out: a person may try', out, { type: 'manual' }, 'exchanging', 'exchange!'],
    ['signed out: work waits', out, { type: 'work' }, 'signed_out', ''],
    ['exchanged: rests and listens', busy, exchanged(false), 'idle', `schedule:${IDLE_POLL_MS} listen`],
    ['exchanged: goes on while there is more', busy, exchanged(true), 'exchanging', 'exchange'],
    [
      'exchanged: work meanwhile',
      s('exchanging', { again: true }),
      exchanged(false),
      'exchanging',
      'exchange',
    ],
    [
      'exchanged: a person meanwhile',
      s('exchanging', { again: true, manualAgain: true }),
      exchanged(false),
      'exchanging',
      'exchange!',
    ],
    ['exchanging: work is remembered', busy, { type: 'work' }, 'exchanging', ''],
    ['exchanging: stop', busy, { type: 'stop' }, 'stopped', ''],
    ['exchanging: a timer is late', busy, { type: 'timer' }, 'exchanging', ''],
    ['exchanging: resync asks again', busy, { type: 'resync' }, 'resyncing', 'exchange'],
    ['resyncing: goes on', s('resyncing'), exchanged(true), 'resyncing', 'exchange'],
    ['resyncing: ends', s('resyncing'), exchanged(false), 'idle', `schedule:${IDLE_POLL_MS} listen`],
    ['failed: no link', busy, failed('hub_unreachable'), 'offline', 'schedule:500'],
    ['failed: a captive portal', busy, failed('login_page'), 'offline', 'schedule:500'],
    ['failed: not a hub', busy, failed('not_a_hub'), 'offline', 'schedule:500'],
    ['failed: the hub itself', busy, failed('hub_error'), 'waiting', 'schedule:500'],
    ['failed: another hub', busy, failed('wrong_hub'), 'waiting', 'schedule:500'],
    ['failed: a full disk', busy, failed('disk_full'), 'waiting', 'schedule:500'],
    ['failed: revoked', busy, failed('device_revoked'), 'signed_out', ''],
    [
      'failed while a person asked',
      s('exchanging', { again: true, manualAgain: true }),
      failed('hub_unreachable'),
      'exchanging',
      'exchange!',
    ],
    [
      'failed later: waits longer',
      s('exchanging', { attempt: 5 }),
      failed('hub_unreachable'),
      'offline',
      'schedule:16000',
    ],
  ]

test.each(table)('%s', (_name, from, event, phase, effects) => {
  const result = short(from, event)
  expect([result.phase, result.effects]).toEqual([phase, effects])
})

test('success forgets the failures, and a failure keeps its reason until then', () => {
  // Verifies SYNC-05
  const after = short(s('exchanging', { attempt: 4 }), failed('login_page')).state
  expect(after).toMatchObject({ attempt: 5, problem: 'login_page', nextTryAt: NOW + 8000 })
  const retrying = short(after, { type: 'timer' }).state
  expect(retrying).toMatchObject({ phase: 'exchanging', problem: 'login_page', nextTryAt: null })
  expect(short(retrying, exchanged(false)).state).toMatchObject({ attempt: 0, problem: null })
})

test('backoff draws from the whole of a doubling, capped wait', () => {
  expect(backoff(0, 1)).toBe(BASE_MS)
  expect(backoff(3, 1)).toBe(8 * BASE_MS)
  expect(backoff(3, 0.5)).toBe(4 * BASE_MS)
  expect(backoff(50, 1)).toBe(CAP_MS)
  expect(backoff(50, 0)).toBeGreaterThan(0)
})
