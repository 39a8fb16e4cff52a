import type { LetterKind, LetterProfile, Paper } from '@shared/domain/letter.ts'
import { fullName, type Person } from '@shared/domain/person.ts'
import { maskPrivate } from '@shared/domain/privacy.ts'
import type { Reply } from '@shared/domain/reply.ts'
import type { Disposition } from '@shared/domain/report.ts'
import { AppError } from '@shared/ipc/errors.ts'
import type { Desk } from '../desk.ts'
import { addresseeOf } from '../letters/addressee.ts'
import { printAssets } from '../letters/letter-assets.ts'
import { paperFor } from '../letters/profile.ts'
import { renderDisposition } from '../letters/render-disposition.ts'
import { renderReply, replySubject } from '../letters/render-reply.ts'
import { foldDispositions } from '../mirror/fold.ts'
import { mirroredChildren, mirroredRow } from '../mirror/rows.ts'
import { profileFor } from '../queries/letters.ts'
import { foldedReport, type FoldedReport } from '../queries/reports.ts'

/** What a document is about and how it shall look. `issued` null: a draft (LETT-02). */
export interface DocumentOrder {
  kind: LetterKind
  reportId: string
  replyId: string | null
  dispositionId: string | null
  paper: Paper | null
  date: string
  issued: { number: string; verifyUrl: string } | null
}

/** A document ready to be printed to PDF, and what the register says about it. */
export interface LetterDocument {
  html: string
  title: string
  profile: LetterProfile
  agencyName: string
  paper: Paper
  subject: string
  addressee: string
  signerId: string
  serviceCode: string
}

/** Puts a document together from what this desk knows now. Throws AppError not_found, no_profile or bad_input. */
export function letterDocument(desk: Desk, order: DocumentOrder): LetterDocument {
  const profile = profileFor(desk, order.date)
  const folded = foldedReport(desk, order.reportId)
  const agency = mirroredRow(desk.db, 'agency', desk.device.agencyId)?.body
  const common = {
    profile,
    agencyName: agency?.name ?? desk.device.agencyId,
    paper: paperFor(profile, order.kind, order.paper),
    serviceCode: folded.report.serviceCode,
  }
  return order.kind === 'reply'
    ? replyLetter(desk, order, folded, common)
    : dispositionSheet(desk, order, folded, common)
}

type Common = Pick<LetterDocument, 'profile' | 'agencyName' | 'paper' | 'serviceCode'>

function replyLetter(desk: Desk, order: DocumentOrder, folded: FoldedReport, common: Common): LetterDocument {
  const { report, state } = folded
  const reply = replyOf(folded, order.replyId)
  const { profile } = common
  const signer = officer(desk, profile.signerId)
  const subject = subjectOf(folded)
  const html = renderReply({
    ...common,
    assets: printAssets,
    zone: desk.settings()!.calendar,
    report,
    state,
    body: reply.body,
    attachmentCount: reply.attachments.length,
    date: order.date,
    subject,
    signer,
    issued: order.issued,
  })
  const title = `Surat Jawaban ${order.issued?.number ?? '(konsep)'}`
  return { ...common, html, title, subject, addressee: addresseeOf(report, state), signerId: signer.id }
}

/** The register is read by others too: neither a confidential subject nor an anonymous reporter's name gets into it (PRIV-01). */
function subjectOf({ report, state }: FoldedReport): string {
  if (state.confidential) return `Jawaban atas Laporan ${report.number}`
  if (!state.anonymous) return replySubject(report)
  return replySubject({ subject: maskPrivate(report.subject, report.reporter?.name ?? null) })
}

/** The reply a letter quotes. Throws AppError not_found. */
export function replyOf(folded: FoldedReport, replyId: string | null): Reply {
  const reply = folded.replies.find((one) => one.id === replyId)
  if (!reply) throw new AppError('not_found', `reply ${replyId}`)
  return reply
}

function dispositionSheet(
  desk: Desk,
  order: DocumentOrder,
  folded: FoldedReport,
  common: Common,
): LetterDocument {
  const { report, state } = folded
  const { profile } = common
  const disposition = order.kind === 'disposition' ? dispositionOf(desk, folded, order.dispositionId) : null
  const signer = officer(desk, disposition?.fromId ?? profile.signerId)
  const recipients = disposition ? recipientsOf(desk, disposition) : []
  const html = renderDisposition({
    ...common,
    assets: printAssets,
    zone: desk.settings()!.calendar,
    report,
    state,
    // A letter lies beside its sheet; any other report has no paper of its own.
    withText: report.channel !== 'letter',
    agendaNumber: null,
    receivedAt: state.clockStartedAt,
    disposition: disposition && { ...disposition, recipients },
    signer,
    signerTitle: signer.id === profile.signerId ? profile.signerTitle : [`${signer.position},`],
  })
  return {
    ...common,
    html,
    title: `Lembar Disposisi ${report.number}`,
    subject: `Disposisi ${report.number}`,
    addressee: recipients.join(', ').slice(0, 300),
    signerId: signer.id,
  }
}

function dispositionOf(desk: Desk, { report, acts }: FoldedReport, id: string | null): Disposition {
  const mirrored = mirroredChildren(desk.db, 'disposition', report.id).map((row) => row.body)
  const found = foldDispositions(mirrored, acts).find((one) => one.id === id)
  if (!found) throw new AppError('not_found', `disposition ${id}`)
  return found
}

/** Positions where the office has them, else names; then units. */
function recipientsOf(desk: Desk, disposition: Disposition): string[] {
  const people = disposition.toIds.map((id) => {
    const person = mirroredRow(desk.db, 'person', id)?.body
    return person ? person.position || fullName(person) : ''
  })
  return [...people, ...disposition.units].filter(Boolean)
}

function officer(desk: Desk, id: string): Person {
  const person = mirroredRow(desk.db, 'person', id)?.body
  if (!person) throw new AppError('no_profile', `the signer ${id} is not mirrored`)
  return person
}
