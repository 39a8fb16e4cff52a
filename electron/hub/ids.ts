import { uuidv7 } from '@shared/domain/ids.ts'

/** Ids that strictly increase within this process: two lines of one transaction keep their order when sorted by id. */
export function createIds(clock: () => number, random: (bytes: number) => Uint8Array): () => string {
  let last = 0
  let count = 0
  return () => {
    const now = clock()
    count = now > last ? 0 : count + 1
    // 12 bits count within a millisecond; beyond them, or when the clock steps back, the id's own time moves on.
    if (count > 0xfff) [last, count] = [last + 1, 0]
    last = Math.max(last, now)
    const bytes = Uint8Array.from(random(10))
    bytes[0] = count >> 8
    bytes[1] = count & 0xff
    return uuidv7(last, bytes)
  }
}
