/** What a cursor says: the hub's epoch, the last seq seen and the tombstone floor when this desk's snapshot began. */
export interface Cursor {
  epoch: number
  seq: number
  floor0: number
}

/** Opaque to desks: `epoch.seq.floor0`. */
export const writeCursor = (c: Cursor): string => `${c.epoch}.${c.seq}.${c.floor0}`

/** Null when it is not one of ours. What follows `.s` is a snapshot's place, read by feed/snapshot. */
export function readCursor(value: string): Cursor | null {
  const match = /^(\d{1,9})\.(\d{1,15})\.(\d{1,15})(?:\.s[0-3]\..*)?$/.exec(value)
  return match && { epoch: Number(match[1]), seq: Number(match[2]), floor0: Number(match[3]) }
}
