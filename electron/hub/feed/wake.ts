import type { Sql } from '../db/engine.ts'

/** Lets idle desks wait for their agency's feed to grow; a wake-up carries no data. */
export interface Wake {
  /** Called after a commit. */
  notify(agencyIds: Iterable<string>): void
  /** True once the head of the agency passes `seq`; false after `ms` or when the hub closes. */
  wait(agencyId: string, seq: number, ms: number, signal: AbortSignal): Promise<boolean>
  close(): void
}

interface Waiter {
  agencyId: string
  seq: number
  done(changed: boolean): void
}

/** Commits of this process wake at once; `everyMs` polling of the heads finds those of other processes. */
export function createWake(sql: Sql, everyMs = 1000): Wake {
  const waiters = new Set<Waiter>()
  let timer: NodeJS.Timeout | null = null
  const poll = async () => {
    const rows = await sql.q<{ agency_id: string; head: number }>('select agency_id, head from agency_feed')
    const heads = new Map(rows.map((r) => [r.agency_id, r.head]))
    for (const w of waiters) if ((heads.get(w.agencyId) ?? 0) > w.seq) w.done(true)
  }
  const tick = () => void poll().catch(() => undefined)
  return {
    notify(agencyIds) {
      const ids = new Set(agencyIds)
      for (const w of waiters) if (ids.has(w.agencyId)) w.done(true)
    },
    async wait(agencyId, seq, ms, signal) {
      let waiter!: Waiter
      const changed = new Promise<boolean>((resolve) => {
        const timeout = setTimeout(() => waiter.done(false), ms)
        const abort = () => waiter.done(false)
        waiter = {
          agencyId,
          seq,
          done: (value) => {
            clearTimeout(timeout)
            signal.removeEventListener('abort', abort)
            waiters.delete(waiter)
            if (waiters.size === 0 && timer) timer = (clearInterval(timer), null)
            resolve(value)
          },
        }
        signal.addEventListener('abort', abort)
        waiters.add(waiter)
      })
      timer ??= setInterval(tick, everyMs)
      // After registering, so that a commit in between is not missed.
      tick()
      return changed
    },
    close() {
      for (const w of waiters) w.done(false)
    },
  }
}
