import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'

const NONCE = 12
const TAG = 16
/** Length of a file's own AES-256-GCM key, bytes. */
export const FILE_KEY_BYTES = 32

/** SHA-256 as lower-case hex. */
export const sha256Of = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex')

/** nonce ‖ ciphertext ‖ tag. The content's hash is authenticated too, so that a swapped file does not open. */
export function seal(plain: Uint8Array, key: Uint8Array, nonce: Uint8Array, sha256: string): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(sha256))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** The reverse of `seal`; null when the file is not what was sealed with this key. */
export function unseal(sealed: Uint8Array, key: Uint8Array, sha256: string): Uint8Array | null {
  if (sealed.length < NONCE + TAG) return null
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG })
  decipher.setAAD(Buffer.from(sha256)).setAuthTag(sealed.subarray(sealed.length - TAG))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE, sealed.length - TAG)), decipher.final()])
  } catch {
    return null
  }
}
