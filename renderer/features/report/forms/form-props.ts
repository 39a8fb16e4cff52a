import type { ReportDetail } from '@shared/ipc/views.ts'
import type { Act } from '../use-triage.ts'

/** What every in-place form is given. */
export interface FormProps {
  detail: ReportDetail
  act: (act: Act) => void
  error: unknown
  busy: boolean
  onCancel: () => void
}
