import { registerYear } from '@shared/domain/numbering.ts'
import type { Letter } from '@shared/domain/letter.ts'
import type { Role } from '@shared/domain/person.ts'
import { AppError } from '@shared/ipc/errors.ts'
import type { LetterView } from '@shared/ipc/views.ts'
import { dropFile } from '../archive/drop-file.ts'
import { storeFile } from '../archive/store-file.ts'
import { appendAudit } from '../audit/chain.ts'
import type { Desk } from '../desk.ts'
import { numberFor } from '../letters/profile.ts'
import { VERIFY_TOKEN_BYTES, verifyToken, verifyUrl } from '../letters/verify-token.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { letterRow, letterViewOf, profileFor, today, type LetterRow } from '../queries/letters.ts'
import { nextNumber } from '../queries/register.ts'
import { foldedReport } from '../queries/reports.ts'
import { letterDocument, replyOf, type LetterDocument } from './letter-document.ts'
import { renderPdf, type RenderedPdf } from './render-pdf.ts'

/** Who may number and void letters. */
export const REGISTRARS: readonly Role[] = ['clerk', 'agenda_clerk', 'supervisor']

/** Throws AppError not_allowed unless the person keeps the register. */
export function requireRegistrar(desk: Pick<Desk, 'person'>): void {
  if (!desk.person.roles.some((role) => REGISTRARS.includes(role)))
    throw new AppError('not_allowed', 'the register')
}

/**
 * Gives a letter its number and its final PDF, stored once and for all (LETT-01, LETT-03). Without a leased number it
 * waits and can be issued later. A disposition sheet needs no number and is only made final. Throws AppError
 * not_found, not_allowed, wrong_state (the answer is not approved), no_profile or print_failed.
 */
export async function issueLetter(desk: Desk, letterId: string): Promise<LetterView> {
  requireRegistrar(desk)
  const row = letterRow(desk, letterId)
  if (row.state === 'issued') return letterViewOf(desk, letterId)
  if (row.kind === 'reply') await issueReply(desk, row)
  else await finishSheet(desk, row)
  desk.stale(['letters', `report:${row.reportId}`])
  return letterViewOf(desk, letterId)
}

/** Printing takes time in which another letter may take the number; more rounds than clicks that can wait meanwhile. */
const ROUNDS = 20

async function issueReply(desk: Desk, row: LetterRow): Promise<void> {
  const reply = replyOf(foldedReport(desk, row.reportId), row.replyId)
  if (reply.state !== 'approved' && reply.state !== 'published')
    throw new AppError('wrong_state', reply.state)
  const date = row.dateChosen === 1 ? row.date : today(desk)
  for (let round = 0; round < ROUNDS; round++) {
    const letter = numbered(desk, row, date)
    if (!letter) return waitForNumber(desk, row)
    const document = letterDocument(desk, { ...row, date, issued: letter })
    const pdf = await renderPdf(desk, document)
    // A second click may have issued it while this one was printing.
    if (letterRow(desk, row.id).state === 'issued') return
    if (register(desk, row, date, letter, document, pdf)) return
  }
  throw new AppError('no_number', 'every number was taken while printing')
}

interface Numbered {
  n: number
  number: string
  token: string
  verifyUrl: string
}

/** The number this letter would get now, or null. */
function numbered(desk: Desk, row: LetterRow, date: string): Numbered | null {
  const profile = profileFor(desk, date)
  const n = nextNumber(desk, profile.register.id, registerYear(date))
  if (n === null) return null
  const { serviceCode } = foldedReport(desk, row.reportId).report
  const token = verifyToken(desk.host.random(VERIFY_TOKEN_BYTES))
  const link = verifyUrl(desk.settings()!.verifyBaseUrl, token)
  return { n, number: numberFor(profile, { serviceCode, n, date }), token, verifyUrl: link }
}

function waitForNumber(desk: Desk, row: LetterRow): void {
  desk.db.run(`UPDATE letters SET state = 'waiting_number' WHERE id = ?`, row.id)
  // The engine asks for a lease whenever a register runs out.
  desk.wake()
}

/** Thrown to roll back when the number went to another letter meanwhile. */
class NumberTaken extends Error {}

/** Number, PDF, mutation and audit entry in one transaction; false when the number is gone. */
function register(
  desk: Desk,
  row: LetterRow,
  date: string,
  numberedAs: Numbered,
  document: LetterDocument,
  pdf: RenderedPdf,
): boolean {
  const letter = letterOf(desk, row, date, numberedAs, document, pdf)
  try {
    enqueue(
      desk,
      { kind: 'letter.issue', reportId: row.reportId, baseVersion: 0, payload: { letter } },
      () => {
        if (nextNumber(desk, letter.registerId, letter.year) !== letter.n) throw new NumberTaken()
        storeFile(desk, { name: 'surat.pdf', mime: 'application/pdf', bytes: pdf.bytes }, 'to_upload')
        desk.db.run(
          `UPDATE letters SET state = 'issued', register_id = ?, year = ?, n = ?, number = ?, date = ?, subject = ?,
           addressee = ?, signer_id = ?, profile = ?, source = ?, sha256 = ?, pages = ?, verify_token = ?, issued_at = ?,
           prints = 0 WHERE id = ?`,
          letter.registerId,
          letter.year,
          letter.n,
          letter.number,
          letter.date,
          letter.subject,
          letter.addressee,
          letter.signerId,
          JSON.stringify(document.profile),
          pdf.source,
          letter.sha256,
          letter.pages,
          letter.verifyToken,
          letter.issuedAt,
          row.id,
        )
      },
    )
  } catch (error) {
    if (error instanceof NumberTaken) return false
    throw error
  }
  if (row.sha256) dropFile(desk, row.sha256)
  return true
}

function letterOf(
  desk: Desk,
  row: LetterRow,
  date: string,
  { n, number, token }: Numbered,
  document: LetterDocument,
  pdf: RenderedPdf,
): Letter {
  return {
    id: row.id,
    agencyId: desk.device.agencyId,
    kind: row.kind,
    registerId: document.profile.register.id,
    year: registerYear(date),
    n,
    suffix: '',
    number,
    date,
    subject: document.subject,
    addressee: document.addressee,
    reportId: row.reportId,
    replyId: row.replyId,
    signerId: document.signerId,
    state: 'issued',
    voidReason: null,
    sha256: pdf.sha256,
    pages: pdf.pages,
    verifyToken: token,
    deviceId: desk.device.id,
    issuedAt: desk.host.now(),
  }
}

/** A disposition sheet carries the report's number; nothing is registered and nothing goes to the hub. */
async function finishSheet(desk: Desk, row: LetterRow): Promise<void> {
  const document = letterDocument(desk, { ...row, issued: { number: '', verifyUrl: '' } })
  const pdf = await renderPdf(desk, document)
  if (letterRow(desk, row.id).state === 'issued') return
  const now = desk.host.now()
  desk.db.tx(() => {
    storeFile(desk, { name: 'disposisi.pdf', mime: 'application/pdf', bytes: pdf.bytes }, 'here')
    desk.db.run(
      `UPDATE letters SET state = 'issued', source = ?, sha256 = ?, pages = ?, issued_at = ?, prints = 0 WHERE id = ?`,
      pdf.source,
      pdf.sha256,
      pdf.pages,
      now,
      row.id,
    )
    appendAudit(desk.db, {
      at: now,
      personId: desk.person.id,
      action: 'letter.finish',
      subjectId: row.reportId,
      data: { letter: row.id, sha256: pdf.sha256 },
    })
  })
  if (row.sha256 && row.sha256 !== pdf.sha256) dropFile(desk, row.sha256)
}
