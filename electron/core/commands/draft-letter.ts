import { uuidv7 } from '@shared/domain/ids.ts'
import { registerYear } from '@shared/domain/numbering.ts'
import type { Parsed } from '@shared/ipc/contract.ts'
import { AppError } from '@shared/ipc/errors.ts'
import type { LetterView } from '@shared/ipc/views.ts'
import { dropFile } from '../archive/drop-file.ts'
import { readAttachment } from '../archive/read-file.ts'
import { storeFile } from '../archive/store-file.ts'
import type { Desk } from '../desk.ts'
import { lettersOfReport, letterViewOf, today, unfinishedLetter, type LetterRow } from '../queries/letters.ts'
import { foldedReport } from '../queries/reports.ts'
import { letterDocument, replyOf, type LetterDocument } from './letter-document.ts'
import { renderPdf, sourceOf, type RenderedPdf } from './render-pdf.ts'

type Order = Parsed<'letters.draft'>

/**
 * Renders a draft, or renders it again: without a number and with the KONSEP mark (LETT-02). One unfinished letter
 * stands for each answer or disposition. Throws AppError not_found, wrong_state, no_profile or print_failed.
 */
export async function draftLetter(desk: Desk, order: Order): Promise<LetterView> {
  if (order.kind === 'reply') requireAnswer(desk, order)
  const date = order.date ?? today(desk)
  const document = letterDocument(desk, { ...order, date, issued: null })
  const before = unfinishedLetter(desk, order)
  const stands = before?.sha256 && before.source === sourceOf(document) && readAttachment(desk, before.sha256)
  if (stands) return letterViewOf(desk, before.id)
  const pdf = await renderPdf(desk, document)
  const id = desk.db.tx(() => store(desk, order, date, document, pdf, before))
  if (before?.sha256 && before.sha256 !== pdf.sha256) dropFile(desk, before.sha256)
  desk.stale(['letters', `report:${order.reportId}`])
  return letterViewOf(desk, id)
}

/** A letter quotes an answer that was at least handed in, and each answer has one letter. */
function requireAnswer(desk: Desk, { reportId, replyId }: Order): void {
  const reply = replyOf(foldedReport(desk, reportId), replyId)
  if (!['submitted', 'approved', 'published'].includes(reply.state))
    throw new AppError('wrong_state', reply.state)
  const issued = lettersOfReport(desk, reportId).some(
    (letter) => letter.kind === 'reply' && letter.replyId === replyId && letter.state === 'issued',
  )
  if (issued) throw new AppError('wrong_state', 'this answer has its letter')
}

function store(
  desk: Desk,
  order: Order,
  date: string,
  document: LetterDocument,
  pdf: RenderedPdf,
  before: LetterRow | undefined,
): string {
  const { db, host } = desk
  const { profile, paper, subject, addressee, signerId } = document
  // Looked up again: while this one was printing, another click may have made the draft, or issued it.
  const known = unfinishedLetter(desk, order)
  if (!known && before) return before.id
  storeFile(desk, { name: 'konsep.pdf', mime: 'application/pdf', bytes: pdf.bytes }, 'here')
  const id = known?.id ?? uuidv7(host.now(), host.random(10))
  db.run(
    `INSERT INTO letters (id, kind, state, report_id, reply_id, disposition_id, register_id, year, date, date_chosen,
       subject, addressee, paper, signer_id, profile, source, sha256, pages, created_at)
     VALUES (?, ?, 'draft', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET register_id = excluded.register_id, year = excluded.year, date = excluded.date,
       date_chosen = excluded.date_chosen, subject = excluded.subject, addressee = excluded.addressee,
       paper = excluded.paper, signer_id = excluded.signer_id, profile = excluded.profile, source = excluded.source,
       sha256 = excluded.sha256, pages = excluded.pages`,
    id,
    order.kind,
    order.reportId,
    order.replyId,
    order.dispositionId,
    profile.register.id,
    registerYear(date),
    date,
    Number(order.date !== null),
    subject,
    addressee,
    paper,
    signerId,
    JSON.stringify(profile),
    pdf.source,
    pdf.sha256,
    pdf.pages,
    host.now(),
  )
  return id
}
