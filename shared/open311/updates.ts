import { z } from 'zod'
import { MAX_DESCRIPTION, ReportStateName } from '../domain/report.ts'
import { open311Status } from '../domain/workflow.ts'
import type { FormReader } from './form.ts'
import { readTime } from './georeport.ts'

/** One published update of the service-request-updates extension; `status` is the extended one, in lower case. */
export const UpdateOut = z.strictObject({
  service_request_id: z.string(),
  update_id: z.string(),
  status: z.string(),
  external_status_code: z.string().nullable(),
  updated_datetime: z.string(),
  description: z.string(),
  media_url: z.union([z.string(), z.array(z.string())]).nullable(),
})
export type UpdateOut = z.infer<typeof UpdateOut>

/** Extended status (and our own code where it says less than we know) of a state stored with an update. */
export function updateStatus(state: unknown): { status: string; code: string | null } {
  const known = ReportStateName.safeParse(state)
  if (!known.success) return { status: 'unchanged', code: null }
  return {
    status: open311Status(known.data).extended,
    code: known.data === 'awaiting_citizen' ? 'TUNDA' : null,
  }
}

/** A citizen's message as another application sends it. */
export interface UpdateForm {
  requestId: string
  updateId: string
  description: string
  /** Lower case; unknown words are kept as they are and change no state. */
  status: string | null
}

/** Reads `POST /servicerequestupdates`; complaints are left in the reader. */
export function readUpdateForm(reader: FormReader): UpdateForm {
  const required = (name: string, max: number) => {
    if (reader.get(name) === undefined) reader.complain(`${name}: wajib diisi`)
    return reader.text(name, max) ?? ''
  }
  const when = reader.get('updated_datetime')
  if (when !== undefined && readTime(when) === null) {
    reader.complain('updated_datetime: harus berbentuk 2026-01-31T08:00:00+09:00, dengan zona')
  }
  return {
    requestId: required('service_request_id', 60),
    updateId: required('update_id', 100),
    description: required('description', MAX_DESCRIPTION),
    status: reader.text('status', 60)?.toLowerCase() ?? null,
  }
}
