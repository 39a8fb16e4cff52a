import { z } from 'zod'

/** Lower-case UUID (v4 or v7) as it travels on the wire and stands in both databases. */
export const Id = z.uuid()
/** Agency code: upper-case letters and digits, 2–16, e.g. `PUPR`. Part of report numbers, so it never changes. */
export const AgencyId = z.string().regex(/^[A-Z0-9]{2,16}$/)
/** SHA-256 as 64 lower-case hex digits. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
/** Milliseconds since the Unix epoch, UTC, integer. */
export const Millis = z.int().min(0).max(8_640_000_000_000_000)
/** Calendar date `YYYY-MM-DD` in the office's zone. */
export const IsoDate = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)

/** A person's text: well-formed Unicode (lone surrogates become U+FFFD), NUL removed, at most `max` UTF-16 units. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .transform((value) => wellFormed(value))

/** Replaces lone surrogates by U+FFFD and drops NUL, which PostgreSQL cannot store. */
export function wellFormed(value: string): string {
  // Nearly every text is; looking is ten times cheaper than replacing nothing.
  if (!value.includes('\u0000') && !/[\uD800-\uDFFF]/.test(value)) return value
  return value
    .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD')
    .replaceAll('\u0000', '')
}

const hex = (byte: number) => byte.toString(16).padStart(2, '0')

/**
 * UUIDv7 (RFC 9562): 48 bits of `now` (ms), 74 random bits, so ids sort by creation time.
 * `random` supplies 10 bytes; time and randomness are arguments so that simulations replay exactly.
 */
export function uuidv7(now: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16)
  for (let i = 0, rest = now; i < 6; i++) {
    bytes[5 - i] = rest % 256
    rest = Math.floor(rest / 256)
  }
  bytes.set(random.subarray(0, 10), 6)
  bytes[6] = 0x70 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const s = Array.from(bytes, hex).join('')
  return `${s.slice(0, 8)}-${s.slice(8, 12)}-${s.slice(12, 16)}-${s.slice(16, 20)}-${s.slice(20)}`
}
