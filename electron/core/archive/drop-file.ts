import type { Desk } from '../desk.ts'
import { isNeeded } from '../mirror/attachment-refs.ts'
import { removeSealed } from './sealed-files.ts'

/** Removes a kept file that no letter, report, draft or waiting act names any more; otherwise does nothing. */
export function dropFile(
  desk: Pick<Desk, 'db'> & { host: Pick<Desk['host'], 'dataDir'> },
  sha256: string,
): void {
  if (isNeeded(desk.db, sha256)) return
  desk.db.run('DELETE FROM attachments WHERE sha256 = ?', sha256)
  removeSealed(desk.host.dataDir, sha256)
}
