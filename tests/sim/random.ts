import { createHash } from 'node:crypto'

/** Randomness that replays from a text. */
export interface Draw {
  /** In [0, 1). */
  next(): number
  /** An integer below `n`. */
  below(n: number): number
  chance(p: number): boolean
  pick<T>(from: readonly T[]): T
  bytes(size: number): Uint8Array
  /** One of the keys, by weight. */
  weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K
}

/** Makes a stream of its own for each name, so that dropping one step of a run leaves every other step's draws alone. */
export function drawFrom(name: string): Draw {
  const seed = createHash('sha256').update(name).digest()
  let a = seed.readUInt32LE(0)
  let b = seed.readUInt32LE(4)
  let c = seed.readUInt32LE(8)
  let counter = 1
  // sfc32: small, fast and good enough to choose faults.
  const word = (): number => {
    const t = (a + b + counter++) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    return t >>> 0
  }
  const draw: Draw = {
    next: () => word() / 2 ** 32,
    below: (n) => Math.floor(draw.next() * n),
    chance: (p) => draw.next() < p,
    pick: (from) => from[draw.below(from.length)]!,
    bytes: (size) => Uint8Array.from({ length: size }, () => word() & 0xff),
    weighted(weights) {
      const entries = Object.entries(weights) as [keyof typeof weights & string, number][]
      let left = draw.next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [key, weight] of entries) if ((left -= weight) < 0) return key as never
      return entries.at(-1)![0] as never
    },
  }
  return draw
}
