/** One row of a scope, as far as its digest sees it. */
export interface DigestRow {
  kind: string
  id: string
  version: number
}

/** What a desk and its hub compare: how many rows, and a hash of (kind, id, version) that no order changes. */
export interface ScopeDigest {
  count: number
  hash: string
}

/** Kinds a scope digest covers: what an office works on. */
export const DIGEST_KINDS = ['report', 'report_state'] as const

/**
 * Digest of a scope, 64 bits: finds rows missed, doubled or outdated by a fault (P8). No defence against someone who
 * makes rows on purpose: the link is authenticated for that.
 */
export function scopeDigest(rows: Iterable<DigestRow>): ScopeDigest {
  let [count, high, low] = [0, 0, 0]
  for (const { kind, id, version } of rows) {
    const [h, l] = mixed(`${kind}/${id}/${version}`)
    high ^= h
    low ^= l
    count++
  }
  return { count, hash: hex(high) + hex(low) }
}

/** The digest of two scopes that share no row, from theirs. */
export function joinDigests(a: ScopeDigest, b: ScopeDigest): ScopeDigest {
  const word = ({ hash }: ScopeDigest, at: number) => Number.parseInt(hash.slice(at, at + 8), 16)
  return {
    count: a.count + b.count,
    hash: hex(word(a, 0) ^ word(b, 0)) + hex(word(a, 8) ^ word(b, 8)),
  }
}

const hex = (word: number) => (word >>> 0).toString(16).padStart(8, '0')

/** Two 32-bit words that every character moves (cyrb53's mixing, public domain). */
function mixed(text: string): [high: number, low: number] {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return [b, a]
}
