import { AppError } from '@shared/ipc/errors.ts'
import type { Desk } from '../desk.ts'
import { askForFile } from '../mirror/attachment-refs.ts'

/**
 * A person wants to see the original: it comes before every other picture, whatever the day cost, or as soon as there is
 * a link. Throws AppError not_found for a file this desk does not know.
 */
export function fetchAttachment(desk: Desk, sha256: string): void {
  const row = desk.db.get<{ state: string }>('SELECT state FROM attachments WHERE sha256 = ?', sha256)
  if (!row) throw new AppError('not_found', `attachment ${sha256}`)
  if (row.state !== 'wanted') return
  askForFile(desk.db, sha256, desk.host.now())
  const reports = desk.db.all<{ id: string }>(
    'SELECT report_id AS id FROM attachment_refs WHERE sha256 = ?',
    sha256,
  )
  desk.stale(['sync', ...reports.map(({ id }): `report:${string}` => `report:${id}`)])
}
