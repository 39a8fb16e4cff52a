/** Bytes that `verifyToken` needs. */
export const VERIFY_TOKEN_BYTES = 16

/** Token of a letter's public verification page: 128 random bits as 22 URL-safe characters. */
export function verifyToken(random: Uint8Array): string {
  if (random.length < VERIFY_TOKEN_BYTES) throw new RangeError('a verification token needs 16 random bytes')
  return Buffer.from(random.subarray(0, VERIFY_TOKEN_BYTES)).toString('base64url')
}

/** The link in the QR code of an issued letter; `base` has no trailing slash (one is dropped). */
export const verifyUrl = (base: string, token: string): string =>
  `${base.replace(/\/+$/, '')}/v1/verify/${token}`
