import { createHash, timingSafeEqual } from 'node:crypto'

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** SHA-256 as lower-case hex; tokens and codes are stored only like this. */
export const sha256 = (value: string | Uint8Array): string => createHash('sha256').update(value).digest('hex')

/** 256 random bits, URL-safe. */
export const newToken = (random: (n: number) => Uint8Array): string =>
  Buffer.from(random(32)).toString('base64url')

/** 10 Crockford characters (50 bits) in two groups that can be read over the phone. */
export function newEnrolCode(random: (n: number) => Uint8Array): string {
  const s = Array.from(random(10), (byte) => CROCKFORD[byte % 32]).join('')
  return `${s.slice(0, 5)}-${s.slice(5)}`
}

/** The code as it was meant: case, spaces, dashes and look-alike letters do not matter. */
export const normaliseCode = (code: string): string =>
  code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')

/** Whether a presented token has this stored hash. */
export const matches = (token: string, hash: string): boolean =>
  timingSafeEqual(Buffer.from(sha256(token), 'hex'), Buffer.from(hash, 'hex'))

/** The token of an `Authorization: Bearer` header, or null. */
export const bearer = (header: string | undefined): string | null =>
  /^Bearer ([\w-]{1,200})$/.exec(header ?? '')?.[1] ?? null
