import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'

/**
 * A record on disk: `MLJ1` ‖ length (u32) ‖ CRC32C (u32, over all that follows) ‖ sequence (u64) ‖ nonce (12) ‖
 * ciphertext ‖ tag (16). The checksum finds damage without a key and re-finds the framing; the AEAD proves content,
 * device and place.
 */
const MAGIC = Buffer.from('MLJ1')
const HEAD = 12
const SEQ = 8
const NONCE = 12
const TAG = 16
/** Bytes a record needs beyond its content. */
export const FRAME_BYTES = HEAD + SEQ + NONCE + TAG
/** No record is longer; a greater length is damage. */
const MAX_CONTENT = 256 * 1024 * 1024

/** Key and place of a journal: whose records it holds. */
export interface Seal {
  key: Uint8Array
  /** Device id: a record copied from another PC's journal does not open. */
  device: string
}

/** A record as read back. */
export interface Frame {
  seq: number
  content: Buffer
}

/** What a file holds. */
export interface Scan {
  frames: Frame[]
  /** Where the last good record ends: everything behind it is a torn tail. */
  end: number
  /** Stretches between good records that are none: damage in the middle. */
  damaged: { from: number; to: number }[]
  /** Whole records that do not open: of another key or device, or altered on purpose. */
  foreign: number
}

/** The journal's own key, so that neither file weakens the other. */
export const journalKey = (databaseKey: Uint8Array, device: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', databaseKey, device, 'meja-lapor/journal/1', 32))

/** One record, ready to be appended. `nonce` is 12 random bytes, never used before. */
export function encodeFrame({ key, device }: Seal, seq: number, nonce: Uint8Array, content: Buffer): Buffer {
  const frame = Buffer.alloc(FRAME_BYTES + content.length)
  MAGIC.copy(frame)
  frame.writeUInt32LE(content.length, 4)
  frame.writeBigUInt64LE(BigInt(seq), HEAD)
  frame.set(nonce, HEAD + SEQ)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aadOf(device, seq))
  frame.set(cipher.update(content), HEAD + SEQ + NONCE)
  cipher.final()
  frame.set(cipher.getAuthTag(), frame.length - TAG)
  frame.writeUInt32LE(crc32c(frame.subarray(HEAD)), 8)
  return frame
}

/** Reads every record that is whole, in order, past any damage. */
export function scanFrames(bytes: Buffer, seal: Seal): Scan {
  const scan: Scan = { frames: [], end: 0, damaged: [], foreign: 0 }
  for (let at = 0; at < bytes.length;) {
    const body = bodyAt(bytes, at)
    const frame = body && openBody(body, seal)
    if (body && !frame) scan.foreign++
    if (frame) {
      if (at > scan.end) scan.damaged.push({ from: scan.end, to: at })
      scan.frames.push(frame)
      at += FRAME_BYTES + frame.content.length
      scan.end = at
    } else {
      const next = bytes.indexOf(MAGIC, at + 1)
      if (next < 0) break
      at = next
    }
  }
  return scan
}

/** What the checksum covers, if it holds there. */
function bodyAt(bytes: Buffer, at: number): Buffer | null {
  if (bytes.length - at < FRAME_BYTES || !bytes.subarray(at, at + 4).equals(MAGIC)) return null
  const length = bytes.readUInt32LE(at + 4)
  if (length > MAX_CONTENT || bytes.length - at < FRAME_BYTES + length) return null
  const body = bytes.subarray(at + HEAD, at + FRAME_BYTES + length)
  return crc32c(body) === bytes.readUInt32LE(at + 8) ? body : null
}

function openBody(body: Buffer, { key, device }: Seal): Frame | null {
  const seq = Number(body.readBigUInt64LE())
  const nonce = body.subarray(SEQ, SEQ + NONCE)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG })
  decipher.setAAD(aadOf(device, seq)).setAuthTag(body.subarray(-TAG))
  try {
    const content = Buffer.concat([decipher.update(body.subarray(SEQ + NONCE, -TAG)), decipher.final()])
    return { seq, content }
  } catch {
    return null
  }
}

const aadOf = (device: string, seq: number) => Buffer.from(`${device}/${seq}`)

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1
  return crc
})

/** CRC-32C (Castagnoli), which finds every burst of up to 32 bits. */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}
