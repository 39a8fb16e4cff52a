import { AppError } from '@shared/ipc/errors.ts'
import type { DeskDb } from '../db/open.ts'
import type { Desk } from '../desk.ts'
import { isNeeded } from '../mirror/attachment-refs.ts'
import { removeSealed } from './sealed-files.ts'

/**
 * Removes a kept file that no letter, report, draft or waiting act names any more; otherwise does nothing. It tidies up
 * after an act that has been committed, so a full disk must not call that act refused: what stays goes with `dropWaste`.
 */
export function dropFile(
  desk: Pick<Desk, 'db'> & { host: Pick<Desk['host'], 'dataDir'> },
  sha256: string,
): void {
  if (isNeeded(desk.db, sha256)) return
  try {
    desk.db.run('DELETE FROM attachments WHERE sha256 = ?', sha256)
    removeSealed(desk.host.dataDir, sha256)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
}

/** Forgets rendered letters that a full disk kept `dropFile` from removing. Their ciphertexts are swept afterwards. */
export function dropWaste(db: DeskDb): void {
  const kept = db.all<{ sha256: string }>(
    `SELECT sha256 FROM attachments WHERE state = 'here' AND mime = 'application/pdf'`,
  )
  for (const { sha256 } of kept.filter((row) => !isNeeded(db, row.sha256)))
    db.run('DELETE FROM attachments WHERE sha256 = ?', sha256)
}
