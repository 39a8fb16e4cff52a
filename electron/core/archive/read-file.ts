import type { Desk } from '../desk.ts'
import { readSealed } from './sealed-files.ts'

interface FileRow {
  mime: string
  file_key: Uint8Array | null
}

/** A kept file's bytes and type; null when it is unknown, not downloaded yet or damaged on disk. */
export function readAttachment(
  desk: Pick<Desk, 'db'> & { host: Pick<Desk['host'], 'dataDir'> },
  sha256: string,
): { mime: string; bytes: Uint8Array } | null {
  const row = desk.db.get<FileRow>('SELECT mime, file_key FROM attachments WHERE sha256 = ?', sha256)
  if (!row?.file_key) return null
  const bytes = readSealed(desk.host.dataDir, sha256, row.file_key)
  return bytes && { mime: row.mime, bytes }
}
