import type { AttachmentRef } from '@shared/domain/report.ts'
import { nextHeldUntil } from '../outbox/next-ready.ts'
import { getMeta } from '../db/meta.ts'
import { bytesStatus } from './budget.ts'
import { download } from './download.ts'
import { createEar } from './ear.ts'
import type { SyncContext } from './context.ts'
import type { ExchangeResult } from './accept-answer.ts'
import { exchangeOnce } from './exchange-step.ts'
import { logLink } from './link-log.ts'
import { fetchThumbs } from './thumbs.ts'
import { nextAsked, nextOriginals, nextThumbs } from './wanted.ts'
import { CALM, unreceipted, watchReceipts } from './watchdog.ts'
import { step, STOPPED, type SyncEffect, type SyncEvent, type SyncState } from './sync-machine.ts'

/** The running engine of one open desk. Nothing here waits for the network except in the background. */
export interface SyncEngine {
  start(): void
  /** An act was queued. */
  work(): void
  /** Trying may be worth it now. */
  hint(): void
  /** The computer slept: sockets of before are dead, whatever they say. */
  resumed(): void
  /** A person asked: exchanges at once and resolves when that is over, well or badly, or after `patienceMs`. */
  now(patienceMs: number): Promise<void>
  /** No effect of the engine happens after this returns; a request under way is forgotten. */
  stop(): void
  state(): SyncState
}

/**
 * `prepare` runs before each exchange: it may queue acts of the desk itself or renew a session. `caughtUp` runs after one
 * that reached the feed's end: what it queues and wakes the engine for is sent at once.
 */
export function createSyncEngine(
  ctx: SyncContext,
  prepare: () => Promise<void> = () => Promise.resolve(),
  caughtUp: () => void = () => {},
): SyncEngine {
  const { host, db } = ctx
  let state = STOPPED
  let cancelTimer = () => {}
  let cancelHeld = () => {}
  /** Changes whenever what runs in the background is out of date. */
  let listening = 0
  let waiters: (() => void)[] = []
  let watch = CALM
  const ear = createEar()
  const unavailable = new Set<string>()

  const isBusy = () => state.phase === 'exchanging' || state.phase === 'resyncing'
  const dispatch = (event: SyncEvent): void => {
    const before = state.phase
    const next = step(state, event)
    state = next.state
    for (const effect of next.effects) carryOut(effect)
    if (before !== state.phase) ctx.stale(['sync'])
    if (!isBusy()) {
      for (const done of waiters) done()
      waiters = []
    }
  }

  const carryOut = (effect: SyncEffect): void => {
    switch (effect.do) {
      case 'schedule':
        cancelTimer()
        cancelTimer = host.after(effect.ms, () => dispatch({ type: 'timer' }))
        break
      case 'unschedule':
        cancelTimer()
        cancelTimer = () => {}
        break
      case 'exchange':
        void exchange(effect.manual)
        break
      case 'listen':
        void listen(++listening)
        break
      case 'unlisten':
        listening++
        break
    }
  }

  /** The desk's own wishes can wait; a person's acts cannot. */
  const wish = async (act: () => void | Promise<void>): Promise<void> => {
    try {
      await act()
    } catch (error) {
      host.log('wish_failed', { error: String(error).slice(0, 200) })
    }
  }

  const exchange = async (manual: boolean): Promise<void> => {
    await wish(prepare)
    if (!db.open) return
    const result = guarded(await exchangeOnce(ctx, manual))
    if (state.phase === 'stopped') return
    watchHeld()
    if (result.type === 'exchanged' && !result.more) await wish(caughtUp)
    if (!db.open) return
    const now = host.now()
    if (result.type === 'exchanged') dispatch({ type: 'exchanged', more: result.more, now })
    else if (result.type === 'resync') dispatch(result)
    else dispatch({ ...result, draw: host.random(4).reduce((sum, byte) => (sum + byte) / 256, 0), now })
  }

  /** An exchange that works and works and brings no receipt is none: sockets and session start anew, and it is said. */
  const guarded = (result: ExchangeResult): ExchangeResult => {
    if (result.type !== 'exchanged' || result.more || !db.open) return result
    const { acknowledged, durationMs } = result
    const now = host.now()
    const seen = watchReceipts(watch, { acknowledged, durationMs, now, unreceipted: unreceipted(db) })
    watch = seen.watch
    if (!seen.wedged) return result
    ctx.client.reset?.()
    host.log('wedged', { answers: watch.answers, sinceMs: now - (watch.sinceMs ?? now) })
    const nothing = { sent: 0, received: 0, bytesUp: 0, bytesDown: 0, durationMs: 0 }
    void wish(() => logLink(db, { at: now, carrier: ctx.carrier, result: 'sync_stuck', ...nothing }))
    return { type: 'failed', problem: 'sync_stuck', waitMs: null }
  }

  /** While idle: fetches wanted files one by one, then holds one long poll. A hint, never a source of data. */
  const listen = async (mine: number): Promise<void> => {
    const current = () => mine === listening && db.open
    try {
      if (!(await fetchFiles(current))) return
      while (current()) {
        const cursor = getMeta(db, 'cursor')
        if (cursor === null) return
        const changed = await ctx.client.wake(cursor, ear.holdMs())
        ear.held()
        if (changed && current()) return dispatch({ type: 'hint' })
      }
    } catch (error) {
      if (!current()) return
      ear.broke()
      host.log('listening_ended', { error: String(error).slice(0, 120) })
      dispatch({ type: 'deaf', now: host.now() })
    }
  }

  /**
   * What a person waits for, then small pictures, then originals, as far as the day's budget and a person's word go;
   * false when told to stop. A new act or wish of a person stops it, so the order holds however much is to come.
   */
  const fetchFiles = async (current: () => boolean): Promise<boolean> => {
    if (
      !(await fetchEach(
        () => nextAsked(ctx, unavailable),
        current,
        () => true,
      ))
    )
      return false
    const thumbsAffordable = () => bytesStatus(ctx).pausedThumbs === null
    for (
      let thumbs = nextThumbs(ctx, unavailable);
      thumbs.length > 0;
      thumbs = nextThumbs(ctx, unavailable)
    ) {
      if (!current()) return false
      if (!thumbsAffordable()) break
      for (const sha256 of await fetchThumbs(ctx, thumbs)) unavailable.add(sha256)
      if (!db.open) return false
    }
    return fetchEach(
      () => nextOriginals(ctx, unavailable),
      current,
      () => bytesStatus(ctx).paused === null,
    )
  }

  const fetchEach = async (
    next: () => AttachmentRef[],
    current: () => boolean,
    affordable: () => boolean,
  ) => {
    for (let files = next(); files.length > 0; files = next())
      for (const file of files) {
        if (!current()) return false
        if (!affordable()) return true
        const went = await download(ctx, file, () => current() && affordable())
        if (went === 'refused') unavailable.add(file.sha256)
      }
    return current()
  }

  const watchHeld = (): void => {
    cancelHeld()
    // A clock put back must not make an act wait for yesterday.
    const due = nextHeldUntil(db)
    cancelHeld =
      due === null
        ? () => {}
        : host.after(Math.min(60_000, Math.max(0, due - host.now())), () => dispatch({ type: 'work' }))
  }

  return {
    start() {
      watchHeld()
      dispatch({ type: 'start' })
    },
    work() {
      watchHeld()
      dispatch({ type: 'work' })
    },
    hint: () => dispatch({ type: 'hint' }),
    resumed() {
      ctx.client.reset?.()
      dispatch({ type: 'hint' })
    },
    now(patienceMs) {
      unavailable.clear()
      dispatch({ type: 'manual' })
      if (!isBusy()) return Promise.resolve()
      return new Promise((resolve) => {
        const cancel = host.after(patienceMs, resolve)
        waiters.push(() => {
          cancel()
          resolve()
        })
      })
    },
    stop() {
      cancelHeld()
      dispatch({ type: 'stop' })
    },
    state: () => state,
  }
}
