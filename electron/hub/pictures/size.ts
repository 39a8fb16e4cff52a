import type { AttachmentRef } from '@shared/domain/report.ts'

/** Width and height, pixels, as the file's own header claims them. */
export interface PictureSize {
  width: number
  height: number
}

/**
 * Reads a picture's size from its header alone: the guard against a file that unpacks to gigabytes has to come before
 * anything that unpacks. Null when the header is not what `mime` says.
 */
export function pictureSize(bytes: Buffer, mime: AttachmentRef['mime']): PictureSize | null {
  try {
    const size = READERS[mime]?.(bytes) ?? null
    return size && size.width > 0 && size.height > 0 ? size : null
  } catch (error) {
    // A header that ends too early.
    if (error instanceof RangeError) return null
    throw error
  }
}

const READERS: Partial<Record<AttachmentRef['mime'], (bytes: Buffer) => PictureSize | null>> = {
  'image/png': (bytes) =>
    bytes.toString('latin1', 12, 16) === 'IHDR'
      ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
      : null,
  'image/jpeg': jpegSize,
  'image/webp': webpSize,
}

/** The largest of all frame headers: a second one must not smuggle in what the first hides. */
function jpegSize(bytes: Buffer): PictureSize | null {
  let found: PictureSize | null = null
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff) return found
    const marker = bytes[at + 1]!
    if (marker === 0xff) {
      at++
      continue
    }
    // Start of scan: from here on it is data; end of image.
    if (marker === 0xda || marker === 0xd9) return found
    if (isFrame(marker)) {
      const size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
      if (!found || size.width * size.height > found.width * found.height) found = size
    }
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return found
}

/** SOF0–SOF15 without the tables that share the range (DHT, JPG, DAC). */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

function webpSize(bytes: Buffer): PictureSize | null {
  const kind = bytes.toString('latin1', 12, 16)
  if (kind === 'VP8X') return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
  if (kind === 'VP8 ')
    return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
  if (kind !== 'VP8L') return null
  const bits = bytes.readUInt32LE(21)
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}
