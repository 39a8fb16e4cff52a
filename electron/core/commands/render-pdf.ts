import { AppError } from '@shared/ipc/errors.ts'
import { sha256Of } from '../archive/seal.ts'
import type { Desk } from '../desk.ts'
import { finishPdf } from '../letters/pdf-finish.ts'
import type { LetterDocument } from './letter-document.ts'

/** A finished PDF; `source` tells whether it still shows what it was made from. */
export interface RenderedPdf {
  bytes: Uint8Array
  pages: number
  sha256: string
  source: string
}

/** Fingerprint of what a PDF shows. */
export const sourceOf = (document: LetterDocument): string => sha256Of(document.html)

/**
 * Prints a document to its final bytes. Takes a second or so and waits for the printer, so it never runs inside a
 * transaction. Throws AppError print_failed, or locked when the desk was closed meanwhile.
 */
export async function renderPdf(desk: Desk, document: LetterDocument): Promise<RenderedPdf> {
  const printed = await desk.host
    .printPdf({ html: document.html, title: document.title })
    .catch((error: unknown) => Promise.reject(new AppError('print_failed', String(error))))
  const { bytes, pages } = await finishPdf(printed, {
    title: document.title,
    author: document.agencyName,
    subject: document.subject,
    creator: `Meja Lapor ${desk.host.version}`,
    at: desk.host.now(),
  })
  if (!desk.db.open) throw new AppError('locked', 'signed out while printing')
  return { bytes, pages, sha256: sha256Of(bytes), source: sourceOf(document) }
}
