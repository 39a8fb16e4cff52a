import type { Report, ReportState } from '@shared/domain/report.ts'

type Asked = Pick<Report, 'reporter'>
type Flags = Pick<ReportState, 'anonymous'>

/** Words that stand for the reporter of an anonymous report on every document (PRIV-01). */
export const HIDDEN = 'identitas dirahasiakan'

/** The reporter's name as a letter may print it, or null: anonymous, unknown or empty. */
export function printableName(report: Asked, state: Flags): string | null {
  const name = state.anonymous ? '' : (report.reporter?.name.trim() ?? '')
  return name === '' ? null : name
}

/** Addressee of a reply letter: `Sdr./Sdri. Maria Kogoya`, or `Pelapor (identitas dirahasiakan)`. */
export function addresseeOf(report: Asked, state: Flags): string {
  const name = printableName(report, state)
  if (name) return `Sdr./Sdri. ${name}`
  return state.anonymous ? `Pelapor (${HIDDEN})` : 'Pelapor'
}

/** `Surat dari` of a disposition sheet. */
export const senderOf = (report: Asked, state: Flags): string =>
  printableName(report, state) ?? (state.anonymous ? `Pelapor (${HIDDEN})` : 'Pelapor')
