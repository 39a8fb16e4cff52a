/**
 * Child's side of `apart.ts`: obeys orders that arrive over the process's channel, one after another. Plain JavaScript,
 * so that a process that measures its own memory need not load a TypeScript reader.
 */

/** What an order cost this process, seconds and megabytes (its highest memory so far). @typedef {{ wall: number, cpu: number, rssMb: number }} Cost */

/**
 * Answers each `{ id, order, data }` with `{ id, value }` or `{ id, error }`.
 * @param {Record<string, (data: any) => unknown>} orders
 */
export function obey(orders) {
  // Whoever asked may be gone; then this process ends too.
  const say = (/** @type {object} */ words) => process.send?.(words, () => undefined)
  /** @param {{ id: number, order: string, data: unknown }} asked */
  const answer = async ({ id, order, data }) => {
    try {
      const act = orders[order]
      if (!act) throw new Error(`no such order: ${order}`)
      say({ id, value: await act(data) })
    } catch (error) {
      say({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  }
  process.on('message', (/** @type {any} */ asked) => void answer(asked))
  process.on('disconnect', () => process.exit(0))
  say({ id: 0, value: 'ready' })
}

/**
 * Runs `act`; answers what it cost beside what it answered.
 * @template T
 * @param {() => T | Promise<T>} act
 * @returns {Promise<Cost & { value: T }>}
 */
export async function costOf(act) {
  const stop = startCost()
  const value = await act()
  return { ...stop(), value }
}

/**
 * Starts counting; answers how to stop.
 * @returns {() => Cost}
 */
export function startCost() {
  const cpu = process.cpuUsage()
  const started = performance.now()
  return () => {
    const wall = (performance.now() - started) / 1000
    const { user, system } = process.cpuUsage(cpu)
    return { wall, cpu: (user + system) / 1e6, rssMb: process.resourceUsage().maxRSS / 1024 }
  }
}
