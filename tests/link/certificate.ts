import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** A certificate with its key, as `tls.createServer` takes them. */
export interface Certificate {
  /** PEM. */
  key: string
  /** PEM. */
  cert: string
  /** SHA-256 of the public key, base64: what Chromium's `--ignore-certificate-errors-spki-list` takes. */
  spki: string
}

/** What a certificate says of itself; days from now, the past negative. */
interface Wanted {
  fromDays?: number
  toDays?: number
}

const DAY_MS = 86_400_000
const ECDSA_SHA256 = oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02)

/**
 * A certificate for 127.0.0.1 and localhost, signed by itself with a new P-256 key (RFC 5280). Written by hand because
 * Node's crypto reads certificates and makes none, and the tests must not lean on an `openssl` beside them.
 */
export function selfSigned(name: string, { fromDays = -1, toDays = 30 }: Wanted = {}): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const algorithm = sequence(ECDSA_SHA256)
  const subject = sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), der(0x0c, Buffer.from(name, 'utf8')))))
  const validity = sequence(utcTime(fromDays), utcTime(toDays))
  const hosts = sequence(der(0x87, Buffer.from([127, 0, 0, 1])), der(0x82, Buffer.from('localhost')))
  const names = sequence(sequence(oid(0x55, 0x1d, 0x11), der(0x04, hosts)))
  const serial = der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)]))
  const version = der(0xa0, der(0x02, Buffer.from([2])))
  const body = sequence(version, serial, algorithm, subject, validity, subject, spki, der(0xa3, names))
  const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]))
  const base64 = sequence(body, algorithm, signature).toString('base64')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    spki: createHash('sha256').update(spki).digest('base64'),
  }
}

/** One value of DER: its tag, its length, its bytes. */
function der(tag: number, content: Uint8Array): Buffer {
  const size = content.length
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}

function sequence(...parts: Uint8Array[]): Buffer {
  return der(0x30, Buffer.concat(parts))
}

function oid(...bytes: number[]): Buffer {
  return der(0x06, Buffer.from(bytes))
}

/** `YYMMDDhhmmssZ` */
function utcTime(days: number): Buffer {
  const digits = new Date(Date.now() + days * DAY_MS).toISOString().replaceAll(/\D/g, '').slice(2, 14)
  return der(0x17, Buffer.from(`${digits}Z`))
}
