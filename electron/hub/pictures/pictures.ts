import {
  MAX_ATTACHMENT_BYTES,
  MAX_THUMB_BYTES,
  THUMB_SIDE,
  type AttachmentRef,
} from '@shared/domain/report.ts'
import { HubFault } from '../http/fault.ts'
import { pictureSize, type PictureSize } from './size.ts'

/** More pixels than this are never unpacked: 40 megapixels are 160 MB of memory. */
export const MAX_PIXELS = 40_000_000
/** Longest side that is kept, pixels (reference: a photo is for looking at, not for printing posters). */
const MAX_SIDE = 4096
/** Tried in turn: a picture cleaned of its metadata should not cost more than the one that was sent. */
const QUALITIES = [82, 72, 60] as const
const LOSSLESS = [100] as const
const THUMB_QUALITIES = [72, 58, 44, 30, 18] as const
const THUMB_SIDES = [THUMB_SIDE, 224, 144] as const

/** A picture that was unpacked and packed anew: nothing of the sent file but its pixels is left. */
export interface Picture extends PictureSize {
  mime: AttachmentRef['mime']
  bytes: Buffer
}

/** What a hub does with pictures. Both throw HubFault picture_unreadable or picture_too_large. */
export interface Pictures {
  /** The picture upright, without EXIF, position, comments or anything behind its end, at most 4,096 pixels long. */
  clean(bytes: Buffer, mime: AttachmentRef['mime']): Promise<Picture>
  /** A WebP of at most 320 pixels and 12 KB. */
  thumb(bytes: Buffer, mime: AttachmentRef['mime']): Promise<Picture>
}

type Codec = typeof import('@napi-rs/image')

/** Loads the codec. Null where it has no build for this computer: such a hub says so and takes no pictures. */
export async function loadPictures(
  load: () => Promise<Codec> = () => import('@napi-rs/image'),
): Promise<{ pictures: Pictures } | { pictures: null; why: string }> {
  try {
    return { pictures: withCodec(await load()) }
  } catch (error) {
    return { pictures: null, why: String(error).slice(0, 200) }
  }
}

function withCodec({ Transformer, ResizeFit }: Codec): Pictures {
  const fitted = (bytes: Buffer, { width, height }: PictureSize, side: number) => {
    const upright = new Transformer(bytes).rotate()
    return Math.max(width, height) > side
      ? upright.resize({ width: side, height: side, fit: ResizeFit.Inside })
      : upright
  }
  // One after another: what a picture needs of memory is bounded, what several at once need would not be.
  const inTurn = queue()
  return {
    clean: (bytes, mime) =>
      inTurn(async () => {
        const size = guarded(bytes, mime)
        const pack = async (quality: number) => {
          const picture = fitted(bytes, size, MAX_SIDE)
          if (mime === 'image/jpeg') return picture.jpeg(quality)
          return mime === 'image/png' ? picture.png() : picture.webp(quality)
        }
        const qualities = mime === 'image/png' ? LOSSLESS : QUALITIES
        const packed = await smallest(pack, qualities, Math.min(bytes.length, MAX_ATTACHMENT_BYTES))
        if (packed.length > MAX_ATTACHMENT_BYTES) throw new HubFault('picture_too_large')
        return { bytes: packed, mime, ...sizeOf(packed, mime) }
      }),
    thumb: (bytes, mime) =>
      inTurn(async () => {
        const size = guarded(bytes, mime)
        for (const side of THUMB_SIDES) {
          // Unpacking the whole picture for each quality would cost a second each.
          const small = await smallest(() => fitted(bytes, size, side).png(), LOSSLESS, Infinity)
          const pack = (quality: number) => new Transformer(small).webp(quality)
          const packed = await smallest(pack, THUMB_QUALITIES, MAX_THUMB_BYTES)
          if (packed.length <= MAX_THUMB_BYTES)
            return { bytes: packed, mime: 'image/webp', ...sizeOf(packed, 'image/webp') }
        }
        throw new HubFault('picture_unreadable')
      }),
  }
}

/** The first packing within `most` bytes, or the last one. Whatever the codec finds wrong is the picture's fault. */
async function smallest(
  pack: (quality: number) => Promise<Buffer>,
  qualities: readonly number[],
  most: number,
): Promise<Buffer> {
  let packed: Buffer = Buffer.alloc(0)
  for (const quality of qualities) {
    packed = await pack(quality).catch(() => {
      throw new HubFault('picture_unreadable')
    })
    if (packed.length <= most) break
  }
  return packed
}

function guarded(bytes: Buffer, mime: AttachmentRef['mime']): PictureSize {
  const size = pictureSize(bytes, mime)
  if (!size) throw new HubFault('picture_unreadable')
  if (size.width * size.height > MAX_PIXELS) throw new HubFault('picture_too_large')
  return size
}

function sizeOf(packed: Buffer, mime: AttachmentRef['mime']): PictureSize {
  const size = pictureSize(packed, mime)
  if (!size) throw new HubFault('picture_unreadable')
  return size
}

function queue() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(job: () => Promise<T>): Promise<T> => {
    const mine = last.then(job)
    last = mine.catch(() => undefined)
    return mine
  }
}
