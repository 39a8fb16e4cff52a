import type { z } from 'zod'
import { AppError, type ErrorCode } from '@shared/ipc/errors.ts'
import { HUB_CONTENT_TYPE, HubError, type HubErrorCode } from '@shared/sync/exchange.ts'
import { FetchError, type FetchAnswer } from '../host.ts'

const MEANING: Readonly<Record<HubErrorCode, ErrorCode>> = {
  bad_request: 'hub_error',
  // The hub judges our protocol: too old for it means that the hub is newer.
  protocol_too_old: 'hub_too_new',
  protocol_too_new: 'hub_too_old',
  code_unknown: 'code_unknown',
  code_used: 'code_used',
  code_expired: 'code_expired',
  too_many_tries: 'too_many_tries',
  device_unknown: 'device_revoked',
  device_revoked: 'device_revoked',
  wrong_password: 'wrong_password',
  session_expired: 'session_expired',
  not_allowed: 'not_allowed',
  not_found: 'not_found',
  too_large: 'too_large',
  unsupported_media: 'unsupported_file',
  hash_mismatch: 'hub_error',
  internal: 'hub_error',
}

/**
 * The only place that reads status codes. Answers the parsed body of a hub's answer, and throws AppError for everything
 * else: a page, a redirect, a proxy's words or half an answer never counts (SYNC-05).
 */
export function judge<T extends z.ZodType>(answer: FetchAnswer, asked: string, schema: T): z.output<T> {
  const body = hubJson(answer, asked)
  if (answer.status !== 200 && answer.status !== 201) throw hubRefusal(body, answer.status)
  const parsed = schema.safeParse(body)
  if (!parsed.success)
    throw new AppError('not_a_hub', `answer outside the protocol: ${parsed.error.issues[0]?.path.join('.')}`)
  return parsed.data
}

/** The bytes of a file the hub sent; its type is the file's own, so the hub's id header is the proof (and then the hash). */
export function judgeFile(answer: FetchAnswer, asked: string): Uint8Array {
  if (answer.status === 200 && sameHost(answer.url, asked) && answer.headers['x-hub-id']) return answer.body
  throw hubRefusal(hubJson(answer, asked), answer.status)
}

/** A failed request in the words of the error list. */
export function fetchFailure(error: unknown): unknown {
  const kind = failureKind(error)
  return kind ? new AppError('hub_unreachable', kind) : error
}

function failureKind(error: unknown): string | null {
  if (error instanceof FetchError) return error.kind
  // Errors lose their class on the way from another thread; their kind stays.
  if (typeof error === 'object' && error !== null && 'kind' in error && typeof error.kind === 'string')
    return error.kind
  return null
}

function hubJson(answer: FetchAnswer, asked: string): unknown {
  if (!isHubs(answer)) throw stranger(answer, asked)
  try {
    return JSON.parse(Buffer.from(answer.body).toString('utf8')) as unknown
  } catch {
    // Cut off on the way: the hub meant to say something, so asking again is right.
    throw new AppError('hub_unreachable', 'answer incomplete')
  }
}

const isHubs = (answer: FetchAnswer) =>
  (answer.headers['content-type'] ?? '').split(';')[0]!.trim() === HUB_CONTENT_TYPE

function hubRefusal(body: unknown, status: number): AppError {
  const parsed = HubError.safeParse(body)
  if (!parsed.success) return new AppError('hub_error', `status ${status}`)
  const { code, message } = parsed.data.error
  const known = Object.hasOwn(MEANING, code) ? MEANING[code as HubErrorCode] : 'hub_error'
  return new AppError(known, `${code}: ${message}`)
}

function stranger(answer: FetchAnswer, asked: string): AppError {
  const { status } = answer
  const html = /^text\/html|xhtml/i.test(answer.headers['content-type'] ?? '')
  const moved = status >= 300 && status < 400
  if (status === 511 || !sameHost(answer.url, asked)) return new AppError('login_page', `status ${status}`)
  if (moved) return new AppError('not_a_hub', `redirected within the host, status ${status}`)
  // 407 and 502–504 are a proxy saying that it could not ask.
  if (status === 407 || status >= 500)
    return new AppError('hub_unreachable', `status ${status} without a hub`)
  if (html && status < 400) return new AppError('login_page', 'a web page instead of the hub')
  return new AppError('not_a_hub', `status ${status}, ${answer.headers['content-type'] ?? 'no type'}`)
}

function sameHost(url: string, asked: string): boolean {
  try {
    return new URL(url, asked).host === new URL(asked).host
  } catch {
    return false
  }
}
