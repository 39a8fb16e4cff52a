import { dateAt } from '@shared/domain/days.ts'
import { clockTime } from '@shared/domain/locale.ts'
import { fullName } from '@shared/domain/person.ts'
import { AppError } from '@shared/ipc/errors.ts'
import type { Output } from '@shared/ipc/contract.ts'
import { appendAudit } from '../audit/chain.ts'
import type { Desk } from '../desk.ts'
import { markCopy } from '../letters/pdf-finish.ts'
import { letterViewOf } from '../queries/letters.ts'
import { letterPdf } from './letter-pdf.ts'

/**
 * Prints a letter: the first time the stored bytes, later a copy marked at its foot; each print is counted and
 * recorded (LETT-03). Throws AppError not_found, not_downloaded, wrong_state (void) or print_failed.
 */
export async function printLetter(desk: Desk, letterId: string): Promise<Output<'letters.print'>> {
  const letter = letterViewOf(desk, letterId)
  if (letter.state === 'void') throw new AppError('wrong_state', 'void')
  const { bytes, name } = await letterPdf(desk, letterId)
  // A letter of another PC was printed there; here there are only copies of it.
  const made = desk.db.get<{ prints: number }>('SELECT prints FROM letters WHERE id = ?', letterId)
  const copy = (made?.prints ?? 1) + 1
  const asPrinted =
    copy === 1 || letter.state !== 'issued' ? bytes : await markCopy(bytes, copyLine(desk, copy))
  const printed = await desk.host
    .printFile(asPrinted, name)
    .catch((error: unknown) => Promise.reject(new AppError('print_failed', String(error))))
  if (!printed) return { printed, copy: copy - 1 }
  record(desk, letterId, letter.reportId, 'letter.print', copy)
  return { printed, copy }
}

/** Saves the stored PDF where the person says; recorded. Throws like `printLetter`. */
export async function saveLetter(desk: Desk, letterId: string): Promise<Output<'letters.saveAs'>> {
  const { reportId } = letterViewOf(desk, letterId)
  const { bytes, name } = await letterPdf(desk, letterId)
  const saved = await desk.host.saveFile(name, bytes)
  if (saved) record(desk, letterId, reportId, 'letter.save_as', null)
  return { saved }
}

/** `Cetakan ke-2, 24-11-2026 09.30 WIT, oleh Maria Tabuni` */
function copyLine(desk: Desk, copy: number): string {
  const { calendar } = desk.settings()!
  const now = desk.host.now()
  const [year, month, day] = dateAt(now, calendar.utcOffsetMinutes).split('-')
  return `Cetakan ke-${copy}, ${day}-${month}-${year} ${clockTime(now, calendar)} ${calendar.zoneLabel}, oleh ${fullName(desk.person)}`
}

function record(desk: Desk, letterId: string, reportId: string, action: string, copy: number | null): void {
  if (!desk.db.open) return
  desk.db.tx(() => {
    if (copy !== null) desk.db.run('UPDATE letters SET prints = ? WHERE id = ?', copy, letterId)
    appendAudit(desk.db, {
      at: desk.host.now(),
      personId: desk.person.id,
      action,
      subjectId: reportId,
      data: { letter: letterId, copy },
    })
  })
  desk.stale(['letters', `report:${reportId}`])
}
