import { AppError } from '@shared/ipc/errors.ts'
import { appendAudit } from '../audit/chain.ts'
import { dropFile } from '../archive/drop-file.ts'
import type { Desk } from '../desk.ts'
import { letterRow } from '../queries/letters.ts'

/** Throws a draft away. A numbered letter is voided instead: its row explains the number (LETT-01). Throws AppError not_found or wrong_state. */
export function discardLetter(desk: Desk, letterId: string): void {
  const row = letterRow(desk, letterId)
  if (row.state !== 'draft' && row.state !== 'waiting_number') throw new AppError('wrong_state', row.state)
  desk.db.tx(() => {
    desk.db.run('DELETE FROM letters WHERE id = ?', letterId)
    appendAudit(desk.db, {
      at: desk.host.now(),
      personId: desk.person.id,
      action: 'letter.discard',
      subjectId: row.reportId,
      data: { letter: letterId },
    })
  })
  if (row.sha256) dropFile(desk, row.sha256)
  desk.stale(['letters', `report:${row.reportId}`])
}
