import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder, writeAll } from './durable.ts'

/** Size of the ballast: room for months of an office's work. */
const BALLAST_BYTES = 64 * 1024 * 1024
/** With less free than this, or than a tenth of a small disk, nothing is downloaded: what is left is for work. */
export const LOW_BYTES = 500 * 1000 * 1000
/** Written at a time, so that a person's click never waits for it. */
const SLICE = 2 * 1024 * 1024

/** How much storage there is and may be used; tests give their own. */
export interface Storage {
  ballastBytes: number
  /** With less than this free, downloads wait. */
  lowBytes: number
  /** Bytes this program may still write below the data folder. */
  freeBytes(): number
}

/** The real disk below a folder. A disk that does not say how full it is counts as empty: it must not stop downloads. */
export function diskBelow(folder: string): Storage {
  const disk = () => {
    try {
      const { bavail, blocks, bsize } = statfsSync(folder)
      return { free: bavail * bsize, all: blocks * bsize }
    } catch {
      return { free: Number.MAX_SAFE_INTEGER, all: Number.MAX_SAFE_INTEGER }
    }
  }
  return {
    ballastBytes: BALLAST_BYTES,
    lowBytes: Math.min(LOW_BYTES, disk().all / 10),
    freeBytes: () => disk().free,
  }
}

/** A file that holds nothing but room, given up when the disk is full so that work can still be saved. */
export class Ballast {
  readonly #path: string
  readonly #random: (size: number) => Uint8Array
  readonly #storage: Storage

  constructor(path: string, storage: Storage, random: (size: number) => Uint8Array) {
    this.#path = path
    this.#storage = storage
    this.#random = random
  }

  /** So little is free that downloads wait. */
  isLow(): boolean {
    return this.#storage.freeBytes() < this.#storage.lowBytes
  }

  /** Gives the room back; false when there was none to give. */
  release(): boolean {
    if (!existsSync(this.#path) || statSync(this.#path).size === 0) return false
    rmSync(this.#path)
    syncFolder(dirname(this.#path))
    return true
  }

  /** Writes one more slice while there is plenty of room; true when more are to come. */
  grow(): boolean {
    const { ballastBytes, lowBytes, freeBytes } = this.#storage
    const size = existsSync(this.#path) ? statSync(this.#path).size : 0
    const slice = Math.min(SLICE, ballastBytes - size)
    if (slice <= 0 || freeBytes() < lowBytes + ballastBytes) return false
    const file = openSync(this.#path, 'a', 0o600)
    try {
      // Not zeros: a file system that compresses would keep no room for them.
      writeAll(file, this.#random(slice), size)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    return size + slice < ballastBytes
  }
}
