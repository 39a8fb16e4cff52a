import { AppError } from '@shared/ipc/errors.ts'
import type { Output } from '@shared/ipc/contract.ts'
import type { LetterView } from '@shared/ipc/views.ts'
import { readAttachment } from '../archive/read-file.ts'
import type { Desk } from '../desk.ts'
import { askForFile, wantFiles } from '../mirror/attachment-refs.ts'
import { letterRow, letterViewOf } from '../queries/letters.ts'
import { draftLetter } from './draft-letter.ts'

/**
 * A letter's stored PDF, byte for byte as issued (LETT-03). A draft whose texts changed is rendered again first; one
 * whose report or answer is gone is shown as it was. Throws AppError not_found or not_downloaded.
 */
export async function letterPdf(desk: Desk, letterId: string): Promise<Output<'letters.pdf'>> {
  const letter = await upToDate(desk, letterViewOf(desk, letterId))
  const file = letter.sha256 === null ? null : readAttachment(desk, letter.sha256)
  if (!file) {
    if (letter.sha256 !== null && letter.state !== 'draft') fetchLater(desk, letter.reportId, letter.sha256)
    throw new AppError('not_downloaded', `the PDF of letter ${letterId}`)
  }
  return { bytes: new Uint8Array(file.bytes), name: fileName(letter) }
}

/** A letter of another PC, or one lost from this disk: the engine brings it with the next exchange, then the screen asks again. */
function fetchLater(desk: Desk, reportId: string, sha256: string): void {
  const file = { sha256, mime: 'application/pdf', size: 0, name: 'surat.pdf' } as const
  desk.db.tx(() => {
    wantFiles(desk.db, reportId, [file])
    askForFile(desk.db, sha256, desk.host.now())
  })
  desk.wake()
}

async function upToDate(desk: Desk, letter: LetterView): Promise<LetterView> {
  if (letter.state !== 'draft' && letter.state !== 'waiting_number') return letter
  const { kind, reportId, replyId, dispositionId, paper, date, dateChosen } = letterRow(desk, letter.id)
  const order = { kind, reportId, replyId, dispositionId, paper, date: dateChosen === 1 ? date : null }
  return draftLetter(desk, order).catch((error: unknown) => {
    if (error instanceof AppError && (error.code === 'not_found' || error.code === 'wrong_state'))
      return letter
    throw error
  })
}

/** Names the file by its number, never by a citizen. */
export function fileName(letter: Pick<LetterView, 'kind' | 'number' | 'reportNumber'>): string {
  const subject = letter.number ?? letter.reportNumber
  const kind = letter.kind !== 'reply' ? 'Disposisi' : letter.number === null ? 'Konsep surat' : 'Surat'
  return `${kind} ${subject.replace(/[^\w.]+/g, '-')}.pdf`.replace(' .pdf', '.pdf')
}
