/** How long the hub is asked to hold a wake-up, ms; it sends a sign of life meanwhile. */
export const HOLD_MS = 600_000
/** What a proxy that keeps answers back, or gives up after 30 s, still lets through. */
export const SHORT_HOLD_MS = 25_000
/** Long holds that may break in a row; one alone is a link that went down. */
const BREAKS = 2
/** Short holds before a long one is tried again. */
const SHORT_TURNS = 200

/** Learns how long a wake-up can be held on this link: each one costs half a kilobyte, all day long. */
export interface Ear {
  /** For the next wake-up, ms. */
  holdMs(): number
  /** The hub answered it. */
  held(): void
  /** It ended without an answer. */
  broke(): void
}

/** A new ear trusts the link with a long hold. */
export function createEar(): Ear {
  let breaks = 0
  let short = 0
  return {
    holdMs: () => (short > 0 ? SHORT_HOLD_MS : HOLD_MS),
    held() {
      breaks = 0
      short = Math.max(0, short - 1)
    },
    broke() {
      if (short > 0 || ++breaks < BREAKS) return
      breaks = 0
      short = SHORT_TURNS
    },
  }
}
