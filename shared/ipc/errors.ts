import { z } from 'zod'

/** Closed list of error codes that cross IPC. The renderer words each one: what happened, what was kept, what to do. */
export const ErrorCode = z.enum([
  // input and rights
  'bad_input',
  'not_allowed',
  'wrong_state',
  'reason_required',
  'four_eyes',
  'stale_content',
  'not_found',
  'locked',
  // sign-in and enrolment
  'wrong_password',
  'password_unknown_here',
  'session_expired',
  'code_unknown',
  'code_used',
  'code_expired',
  'too_many_tries',
  'device_revoked',
  // the hub and the way to it
  'bad_address',
  'hub_unreachable',
  'not_a_hub',
  'login_page',
  'network_login',
  'redirected',
  'gate_login',
  'proxy_login',
  'tls_untrusted',
  'sync_stuck',
  'hub_too_old',
  'hub_too_new',
  'wrong_hub',
  'hub_error',
  // files
  'too_large',
  'unsupported_file',
  'not_downloaded',
  // machine
  'disk_full',
  'disk_low', // never a refusal: saving goes on, downloads wait
  'folder_not_writable',
  'db_corrupt',
  'db_busy',
  'db_from_future',
  'wrong_key',
  'hub_data_in_use',
  // letters
  'no_number',
  'no_profile',
  'print_failed',
  'cancelled',
  'internal',
])
export type ErrorCode = z.infer<typeof ErrorCode>

/** Codes of a link that does not lead to the hub at all: what they say of one request holds for all. */
export const LINK_FAILURES: readonly ErrorCode[] = [
  'hub_unreachable',
  'login_page',
  'network_login',
  'redirected',
  'gate_login',
  'proxy_login',
  'tls_untrusted',
  'not_a_hub',
]

/** What a refused call answers. `message` is for logs; people read the words that belong to `code`. */
export const AppErrorShape = z.object({
  code: ErrorCode,
  message: z.string(),
  fields: z.record(z.string(), z.string()).optional(),
})
export type AppErrorShape = z.infer<typeof AppErrorShape>

/** A refusal by rule, as opposed to a bug. Crosses IPC as data. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly fields?: Record<string, string>
  constructor(code: ErrorCode, message: string = code, fields?: Record<string, string>) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.fields = fields
  }
}
