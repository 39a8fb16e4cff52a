import type { Desk } from '../desk.ts'
import { readAttachment } from './read-file.ts'

/** The small picture of an attachment, or the original where that is here and no small one is; null for neither. */
export function readThumb(
  desk: Pick<Desk, 'db'> & { host: Pick<Desk['host'], 'dataDir'> },
  sha256: string,
): { mime: string; bytes: Uint8Array } | null {
  const thumb = desk.db.get<{ bytes: Uint8Array }>(
    'SELECT t.bytes FROM attachments a JOIN thumbs t ON t.sha256 = a.thumb_sha256 WHERE a.sha256 = ?',
    sha256,
  )
  return thumb ? { mime: 'image/webp', bytes: new Uint8Array(thumb.bytes) } : readAttachment(desk, sha256)
}
