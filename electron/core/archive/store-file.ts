import type { AttachmentRef } from '@shared/domain/report.ts'
import type { Desk } from '../desk.ts'
import { FILE_KEY_BYTES, sha256Of } from './seal.ts'
import { readSealed, writeSealed } from './sealed-files.ts'

/** What keeping a file needs of the desk; the sync engine has it without a person. */
export type FileStore = Pick<Desk, 'db'> & { host: Pick<Desk['host'], 'dataDir' | 'random' | 'now'> }

interface FileRow {
  state: string
  file_key: Uint8Array | null
}

/**
 * Keeps a file encrypted under its content hash and answers its reference. `here`: came from the hub;
 * `to_upload`: the hub does not have it yet. Storing the same bytes again changes nothing. Throws AppError disk_full.
 */
export function storeFile(
  store: FileStore,
  file: { name: string; mime: AttachmentRef['mime']; bytes: Uint8Array },
  state: 'here' | 'to_upload',
): AttachmentRef {
  const sha256 = sha256Of(file.bytes)
  const ref = { sha256, mime: file.mime, size: file.bytes.length, name: file.name }
  const known = store.db.get<FileRow>('SELECT state, file_key FROM attachments WHERE sha256 = ?', sha256)
  // A name is not worth a second copy: the first one stays, each use keeps its own name in its reference.
  if (known?.file_key && readSealed(store.host.dataDir, sha256, known.file_key)) return ref
  const key = store.host.random(FILE_KEY_BYTES)
  // File before row: a crash between leaves an unreadable orphan that the next attempt overwrites, never a row without its file.
  writeSealed(store.host.dataDir, sha256, file.bytes, key, store.host.random(12))
  store.db.run(
    `INSERT INTO attachments (sha256, mime, size, name, state, file_key, added_at) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (sha256) DO UPDATE SET file_key = excluded.file_key, size = excluded.size,
       state = CASE WHEN attachments.state = 'wanted' THEN 'here' ELSE attachments.state END`,
    sha256,
    file.mime,
    file.bytes.length,
    file.name,
    state,
    key,
    store.host.now(),
  )
  return ref
}
