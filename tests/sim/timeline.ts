/** Simulated time and everything that is going to happen in it. */
export interface Timeline {
  now(): number
  /** Answers a cancel function. */
  after(ms: number, run: () => void | Promise<void>): () => void
  /** Lets time pass until `until`, in order; equal times in the order they were asked for. */
  runUntil(until: number): Promise<void>
  /** Jumps without running what falls due in between; it runs late, as after a sleep. */
  leap(ms: number): void
  readonly events: number
  /** Sum of all jumps, ms. */
  readonly leapt: number
}

interface Due {
  at: number
  order: number
  run: () => void | Promise<void>
}

/** Lets every promise that can go on without the world do so. */
export const settleDown = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Starts at `start`, ms UTC; `settle` ends when nothing can go on without time passing. */
export function createTimeline(start: number, settle: () => Promise<void> = settleDown): Timeline {
  let now = start
  let order = 0
  let events = 0
  let leapt = 0
  const heap: Due[] = []
  const earlier = (a: Due, b: Due) => a.at < b.at || (a.at === b.at && a.order < b.order)
  const cancelled = new Set<Due>()

  const push = (due: Due): void => {
    let at = heap.push(due) - 1
    while (at > 0) {
      const up = (at - 1) >> 1
      if (!earlier(heap[at]!, heap[up]!)) return
      ;[heap[at], heap[up]] = [heap[up]!, heap[at]!]
      at = up
    }
  }
  const pop = (): Due | undefined => {
    const first = heap[0]
    const last = heap.pop()
    if (!first || !last || first === last) return first
    heap[0] = last
    for (let at = 0; ;) {
      const left = 2 * at + 1
      let least = at
      for (const child of [left, left + 1])
        if (child < heap.length && earlier(heap[child]!, heap[least]!)) least = child
      if (least === at) return first
      ;[heap[at], heap[least]] = [heap[least]!, heap[at]!]
      at = least
    }
  }

  return {
    now: () => now,
    after(ms, run) {
      const due = { at: now + Math.max(0, ms), order: order++, run }
      push(due)
      return () => void cancelled.add(due)
    },
    async runUntil(until) {
      while (heap[0] && heap[0].at <= until) {
        const due = pop()!
        if (cancelled.delete(due)) continue
        now = Math.max(now, due.at)
        events++
        await due.run()
        await settle()
      }
      now = Math.max(now, until)
    },
    leap(ms) {
      now += ms
      leapt += ms
    },
    get leapt() {
      return leapt
    },
    get events() {
      return events
    },
  }
}
