import { uuidv7, wellFormed } from '@shared/domain/ids.ts'
import type { AttachmentRef } from '@shared/domain/report.ts'
import { storeFile, type StoredFile } from '../attachments/files.ts'
import { sniff } from '../attachments/sniff.ts'
import type { Hub } from '../context.ts'
import { HubFault } from '../http/fault.ts'

/** A stored file and, of a picture, what was made of it. */
export interface TakenIn extends StoredFile {
  width?: number
  height?: number
  thumb?: { sha256: string; size: number }
  /** Hash of the copy without metadata that the public gets, where it is not the file itself. */
  publicSha256?: string
}

/** A citizen's photo as a report names it. */
export type TakenPhoto = AttachmentRef & Omit<TakenIn, 'publicSha256'>

/**
 * Takes a citizen's photo in: what is kept is the picture packed anew, so that neither its position nor anything else
 * the citizen did not mean to send exists at the hub. Throws HubFault unsupported_media, picture_unreadable,
 * picture_too_large or pictures_unavailable.
 */
export async function takePhoto(hub: Hub, photo: { name: string; bytes: Buffer }): Promise<TakenPhoto> {
  const mime = sniff(photo.bytes.subarray(0, 16))
  if (!mime?.startsWith('image/')) throw new HubFault('unsupported_media')
  const { bytes, width, height } = await codecOf(hub).clean(photo.bytes, mime)
  const thumb = await keepThumb(hub, bytes, mime)
  const file = await keep(hub, bytes)
  return { ...file, width, height, thumb, name: wellFormed(photo.name) }
}

/**
 * Takes a file in that an office uploads. An approval names its hash, so its bytes stay as they are; of a picture a
 * small one is made, and a copy without metadata for the public. Throws HubFault like `takePhoto`, and `hash_mismatch`.
 */
export async function takeUpload(
  hub: Hub,
  bytes: AsyncIterable<Uint8Array>,
  expect: string,
): Promise<TakenIn> {
  let made: Omit<TakenIn, keyof StoredFile> = {}
  const file = await storeFile(hub.dataDir, bytes, {
    id: newName(hub),
    expect,
    examine: async ({ mime }, read) => {
      if (!mime.startsWith('image/')) return
      const picture = await codecOf(hub).clean(await read(), mime)
      const { sha256: publicSha256 } = await keep(hub, picture.bytes)
      const { width, height } = picture
      made = { width, height, thumb: await keepThumb(hub, picture.bytes, mime), publicSha256 }
    },
  })
  return { ...file, ...made }
}

async function keepThumb(hub: Hub, bytes: Buffer, mime: AttachmentRef['mime']) {
  const thumb = await codecOf(hub).thumb(bytes, mime)
  const { sha256, size } = await keep(hub, thumb.bytes)
  return { sha256, size }
}

const keep = (hub: Hub, bytes: Buffer) => storeFile(hub.dataDir, [bytes], { id: newName(hub) })

const newName = ({ clock, random }: Hub) => uuidv7(clock(), random(10))

function codecOf({ pictures }: Hub) {
  if (!pictures) throw new HubFault('pictures_unavailable')
  return pictures
}
