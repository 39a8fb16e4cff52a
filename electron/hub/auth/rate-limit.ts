/** Counts wrong tries per key; after `max` within `windowMs` the key is blocked until the window has passed. */
export interface RateLimit {
  blocked(key: string): boolean
  wrong(key: string): void
  right(key: string): void
}

/** Kept in memory: a restart forgives, which costs an attacker nothing they can use against 50-bit codes. */
export function createRateLimit(clock: () => number, max = 5, windowMs = 15 * 60_000): RateLimit {
  const tries = new Map<string, number[]>()
  const recent = (key: string) => (tries.get(key) ?? []).filter((at) => clock() - at < windowMs)
  return {
    blocked: (key) => recent(key).length >= max,
    wrong(key) {
      if (tries.size > 10_000) tries.clear()
      tries.set(key, [...recent(key), clock()])
    },
    right: (key) => void tries.delete(key),
  }
}
