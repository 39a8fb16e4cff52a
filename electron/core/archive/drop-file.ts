import type { Desk } from '../desk.ts'
import { removeSealed } from './sealed-files.ts'

/** Removes a kept file that no letter, report, draft or waiting act names any more; otherwise does nothing. */
export function dropFile(
  desk: Pick<Desk, 'db'> & { host: Pick<Desk['host'], 'dataDir'> },
  sha256: string,
): void {
  const dropped = desk.db.run(
    `DELETE FROM attachments WHERE sha256 = ?1
       AND NOT EXISTS (SELECT 1 FROM attachment_refs WHERE sha256 = ?1)
       AND NOT EXISTS (SELECT 1 FROM letters WHERE sha256 = ?1)
       AND NOT EXISTS (SELECT 1 FROM drafts WHERE instr(attachments, ?1) > 0)
       AND NOT EXISTS (SELECT 1 FROM outbox WHERE state NOT IN ('applied', 'discarded') AND instr(payload, ?1) > 0)`,
    sha256,
  )
  if (dropped.changes > 0) removeSealed(desk.host.dataDir, sha256)
}
