import { LINK_FAILURES, type ErrorCode } from '@shared/ipc/errors.ts'
import type { SyncStatus } from '@shared/ipc/views.ts'
import { backoff } from './backoff.ts'

/** What the engine is doing, and everything its next step depends on. */
export interface SyncState {
  phase: SyncStatus['phase']
  /** Tries that failed in a row. */
  attempt: number
  problem: ErrorCode | null
  /** When the engine tries again by itself, ms UTC. */
  nextTryAt: number | null
  /** The hub named this wait (`Retry-After`): only a person shortens it. */
  asked: boolean
  /** Something new came up while an exchange was running. */
  again: boolean
  manualAgain: boolean
}

/** `draw` (0–1) and `now` are given, so that every transition is data. */
export type SyncEvent =
  | { type: 'start' }
  /** An act was queued, or one held for undo came due. */
  | { type: 'work' }
  /** The hub, the operating system or the network says that trying may be worth it now. */
  | { type: 'hint' }
  /** A person pressed "Sinkronkan": no waiting, and nothing is held back. */
  | { type: 'manual' }
  | { type: 'timer' }
  /** The long poll broke without saying why. */
  | { type: 'deaf'; now: number }
  | { type: 'exchanged'; more: boolean; now: number }
  | { type: 'resync' }
  | { type: 'failed'; problem: ErrorCode; draw: number; now: number; waitMs?: number | null }
  | { type: 'stop' }

export type SyncEffect =
  | { do: 'exchange'; manual: boolean }
  | { do: 'schedule'; ms: number }
  | { do: 'unschedule' }
  | { do: 'listen' }
  | { do: 'unlisten' }

export interface Step {
  state: SyncState
  effects: SyncEffect[]
}

/** How long an idle engine trusts the long poll alone: its sign of life comes every half minute. */
export const IDLE_POLL_MS = 600_000
/** How soon it looks for itself when the long poll broke. */
export const DEAF_MS = 10_000
/** Longest wait that a server may ask for. */
export const ASKED_CAP_MS = 3_600_000

export const STOPPED: SyncState = {
  phase: 'stopped',
  attempt: 0,
  problem: null,
  nextTryAt: null,
  asked: false,
  again: false,
  manualAgain: false,
}

/** The hub does not know this device: only a person can change that. */
const SIGNED_OUT: readonly ErrorCode[] = ['device_revoked']

/** The pure heart of the sync engine: what follows from an event in a state. */
export function step(state: SyncState, event: SyncEvent): Step {
  const stay: Step = { state, effects: [] }
  if (event.type === 'stop') return { state: STOPPED, effects: [{ do: 'unschedule' }, { do: 'unlisten' }] }
  if (state.phase === 'stopped') return event.type === 'start' ? exchange(STOPPED, 'exchanging', false) : stay
  if (state.phase === 'exchanging' || state.phase === 'resyncing') return whileExchanging(state, event)
  switch (event.type) {
    case 'manual':
      return exchange({ ...state, attempt: 0 }, 'exchanging', true)
    case 'timer':
      return exchange(state, 'exchanging', false)
    case 'work':
      // A new act does not shorten a wait: it would turn a clerk's typing into a flood on a dead link.
      return state.phase === 'idle' ? exchange(state, 'exchanging', false) : stay
    case 'hint':
      return state.phase === 'signed_out' || state.asked
        ? stay
        : exchange({ ...state, attempt: 0 }, 'exchanging', false)
    case 'deaf':
      return state.phase === 'idle' ? schedule(state, DEAF_MS, event.now) : stay
    default:
      return stay
  }
}

function whileExchanging(state: SyncState, event: SyncEvent): Step {
  switch (event.type) {
    case 'work':
      return { state: { ...state, again: true }, effects: [] }
    case 'hint':
      // Waking up begins a new life of the link: what failed before it counts no more.
      return { state: { ...state, again: true, attempt: 0 }, effects: [] }
    case 'manual':
      return { state: { ...state, again: true, manualAgain: true }, effects: [] }
    case 'resync':
      return exchange({ ...state, problem: null, attempt: 0 }, 'resyncing', false)
    case 'exchanged': {
      const healthy: SyncState = { ...state, attempt: 0, problem: null }
      if (event.more) return exchange(healthy, state.phase, false)
      if (state.again) return exchange(healthy, 'exchanging', state.manualAgain)
      const idle = schedule({ ...healthy, phase: 'idle' }, IDLE_POLL_MS, event.now)
      return { state: idle.state, effects: [...idle.effects, { do: 'listen' }] }
    }
    case 'failed':
      return failed(state, event)
    default:
      return { state, effects: [] }
  }
}

function failed(state: SyncState, event: Extract<SyncEvent, { type: 'failed' }>): Step {
  const { problem } = event
  if (state.manualAgain) return exchange({ ...state, problem, attempt: 0 }, 'exchanging', true)
  const rest = { ...state, problem, again: false, manualAgain: false, attempt: state.attempt + 1 }
  if (SIGNED_OUT.includes(problem))
    return { state: { ...rest, phase: 'signed_out', nextTryAt: null }, effects: [{ do: 'unschedule' }] }
  const phase = LINK_FAILURES.includes(problem) ? 'offline' : 'waiting'
  const asked = Math.min(ASKED_CAP_MS, event.waitMs ?? 0)
  const wait = Math.max(backoff(state.attempt, event.draw), asked)
  return schedule({ ...rest, phase, asked: asked > 0 }, wait, event.now)
}

function exchange(state: SyncState, phase: 'exchanging' | SyncState['phase'], manual: boolean): Step {
  return {
    state: { ...state, phase, nextTryAt: null, asked: false, again: false, manualAgain: false },
    effects: [{ do: 'unschedule' }, { do: 'unlisten' }, { do: 'exchange', manual }],
  }
}

function schedule(state: SyncState, ms: number, now: number): Step {
  return { state: { ...state, nextTryAt: now + ms }, effects: [{ do: 'schedule', ms }] }
}
