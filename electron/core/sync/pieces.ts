import type { ExchangeResponse } from '@shared/sync/exchange.ts'
import type { FeedPage } from '../mirror/apply-change.ts'

/** A transaction takes about this long: a click that comes in its middle still answers within a frame. */
const TARGET_MS = 12
/** A PC that nobody has measured may be an old one. */
const START = 20
const LEAST = 40
const MOST = 500

/** How many changes this PC keeps in one transaction without anybody noticing; learnt from those it kept. */
export class PieceSize {
  #changes = START

  get changes(): number {
    return Math.round(this.#changes)
  }

  learn(changes: number, ms: number): void {
    // A short piece says little about a long one, unless it was already too slow.
    if (changes < this.#changes / 2 && ms <= TARGET_MS) return
    const factor = Math.min(1.25, Math.max(0.5, TARGET_MS / Math.max(1, ms)))
    this.#changes = Math.min(MOST, Math.max(LEAST, this.#changes * factor))
  }
}

const ENDED = -1

/** A page cut where the hub says that it can be cut, so that each piece has a cursor of its own. */
export class Pieces {
  readonly #response: ExchangeResponse
  readonly #size: PieceSize | undefined
  #at = 0
  #base: string | null

  constructor(response: ExchangeResponse, size: PieceSize | undefined) {
    this.#response = response
    this.#size = size
    this.#base = response.baseCursor
  }

  /** The next piece; null after the last. */
  next(): FeedPage | null {
    const { changes, marks = [], cursor, more } = this.#response
    const begun = this.#at
    if (begun === ENDED) return null
    const wished = begun + (this.#size?.changes ?? START)
    const mark = marks.find(([n]) => n >= wished)
    const [end, at] = mark ?? [changes.length, cursor]
    const piece = {
      baseCursor: this.#base,
      cursor: at,
      changes: changes.slice(begun, end),
      more: mark ? true : more,
      bulk: more,
    }
    this.#at = mark ? end : ENDED
    this.#base = at
    return piece
  }
}
