import { dateAt } from '@shared/domain/days.ts'
import { longDate } from '@shared/domain/locale.ts'
import { maskPrivate } from '@shared/domain/privacy.ts'
import type { Output, Parsed } from '@shared/ipc/contract.ts'
import type { Desk } from '../desk.ts'
import { fillFields, type TemplateFields } from '../letters/fields.ts'
import { mirroredRow } from '../mirror/rows.ts'
import { officeOffset } from './clock-views.ts'
import { foldedReport, type FoldedReport } from './reports.ts'

/** How an answer addresses a citizen whose name is hidden or unknown. */
const UNNAMED = 'Saudara/i'

/** Templates that fit the report, filled. One bound to a class or service fits only that. Throws AppError not_found. */
export function templatesFor(
  desk: Desk,
  { reportId, kind }: Parsed<'replies.templates'>,
): Output<'replies.templates'> {
  const folded = foldedReport(desk, reportId)
  const { class: reportClass } = folded.state
  const fields = fieldsOf(desk, folded)
  return (desk.settings()?.templates ?? [])
    .filter(
      (template) =>
        template.kind === kind &&
        (template.classes.length === 0 || (reportClass !== null && template.classes.includes(reportClass))) &&
        (template.services.length === 0 || template.services.includes(folded.report.serviceCode)),
    )
    .map((template) => ({ ...template, filled: fillFields(template.body, fields) }))
}

/** An answer is read by others: of an anonymous report neither name nor house goes into it (PRIV-01). */
function fieldsOf(desk: Desk, { report, state }: FoldedReport): TemplateFields {
  const { reporter, number, subject, address, district } = report
  const hidden = state.anonymous
  return {
    nama: hidden ? UNNAMED : reporter?.name.trim() || UNNAMED,
    nomor: number,
    subjek: hidden ? maskPrivate(subject, reporter?.name ?? null) : subject,
    tanggal: longDate(dateAt(report.requestedAt, officeOffset(desk))),
    lokasi: (hidden ? [district] : [address, district]).filter(Boolean).join(', '),
    instansi: mirroredRow(desk.db, 'agency', desk.device.agencyId)?.body.name ?? desk.device.agencyId,
  }
}
