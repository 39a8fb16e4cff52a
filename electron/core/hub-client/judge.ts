import type { z } from 'zod'
import { AppError, type ErrorCode } from '@shared/ipc/errors.ts'
import { HUB_CONTENT_TYPE, HubError, type HubErrorCode } from '@shared/sync/exchange.ts'
import { FetchError, type FetchAnswer, type FetchFailure } from '../host.ts'

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
  picture_unreadable: 'unsupported_file',
  picture_too_large: 'too_large',
  // For now: the file stays here and goes again.
  pictures_unavailable: 'hub_error',
  hash_mismatch: 'hub_error',
  offset_mismatch: 'hub_error',
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
  const whole = answer.status === 200 || answer.status === 206
  if (whole && sameHost(answer.url, asked) && answer.headers['x-hub-id']) return answer.body
  throw hubRefusal(hubJson(answer, asked), answer.status)
}

const FAILURES: Readonly<Record<FetchFailure, ErrorCode>> = {
  unreachable: 'hub_unreachable',
  timeout: 'hub_unreachable',
  aborted: 'hub_unreachable',
  tls: 'tls_untrusted',
  proxy_auth: 'proxy_login',
}

/** How far the hub is in an upload (tus 1.0); 'elsewhere' when it is not where the request thought. */
export function judgeOffset(answer: FetchAnswer, asked: string): number | 'elsewhere' {
  const { status, url, headers } = answer
  const ours = sameHost(url, asked) && headers['x-hub-id'] !== undefined
  if (ours && (status === 409 || status === 404)) return 'elsewhere'
  const offset = headers['upload-offset'] ?? ''
  if (ours && status >= 200 && status < 300 && /^\d{1,12}$/.test(offset)) return Number(offset)
  throw hubRefusal(hubJson(answer, asked), status)
}

/** A failed request in the words of the error list. */
export function fetchFailure(error: unknown): unknown {
  const kind = failureKind(error)
  if (!kind) return error
  const code = Object.hasOwn(FAILURES, kind) ? FAILURES[kind as FetchFailure] : 'hub_unreachable'
  const message = error instanceof Error ? error.message : ''
  const issuer = /issuer="([^"]{1,120})"/.exec(message)?.[1]
  return new AppError(code, `${kind}: ${message.slice(0, 200)}`, issuer ? { issuer } : undefined)
}

/** How long a server asks to be left alone, ms; null when it does not say or says nonsense (RFC 9110 §10.2.3). */
export function retryAfter(answer: Pick<FetchAnswer, 'status' | 'headers'>, now: number): number | null {
  const said = answer.headers['retry-after']?.trim()
  if (!said || (answer.status !== 429 && answer.status < 500)) return null
  if (/^\d{1,9}$/.test(said)) return Number(said) * 1000
  const date = Date.parse(said)
  return Number.isNaN(date) || date <= now ? null : date - now
}

function failureKind(error: unknown): string | null {
  if (error instanceof FetchError) return error.kind
  // Errors lose their class on the way from another thread; their kind stays.
  if (typeof error === 'object' && error !== null && 'kind' in error && typeof error.kind === 'string')
    return error.kind
  return null
}

function hubJson(answer: FetchAnswer, asked: string): unknown {
  if (!isHubs(answer) || isElsewhere(answer, asked)) throw stranger(answer, asked)
  try {
    return JSON.parse(Buffer.from(answer.body).toString('utf8')) as unknown
  } catch {
    // Cut off on the way: the hub meant to say something, so asking again is right.
    throw new AppError('hub_unreachable', 'answer incomplete')
  }
}

const isHubs = (answer: FetchAnswer) =>
  (answer.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase() === HUB_CONTENT_TYPE

/** A hub never redirects, and nobody answers for it from another address. */
const isElsewhere = ({ status, url }: FetchAnswer, asked: string) =>
  (status >= 300 && status < 400) || !sameHost(url, asked)

function hubRefusal(body: unknown, status: number): AppError {
  const parsed = HubError.safeParse(body)
  if (!parsed.success) return new AppError('hub_error', `status ${status}`)
  const { code, message } = parsed.data.error
  const known = Object.hasOwn(MEANING, code) ? MEANING[code as HubErrorCode] : 'hub_error'
  return new AppError(known, `${code}: ${message}`)
}

/** Who answered in the hub's place, as far as the answer tells: each is another thing to do for a person (P17). */
function stranger(answer: FetchAnswer, asked: string): AppError {
  const { status } = answer
  const type = answer.headers['content-type'] ?? 'no type'
  if (status === 511) return new AppError('network_login', 'status 511')
  if (status === 407) return new AppError('proxy_login', 'status 407')
  if ((status >= 300 && status < 400) || !sameHost(answer.url, asked))
    return new AppError('redirected', `status ${status} to ${hostOf(answer.url, asked)}`)
  if (status === 401) return new AppError('gate_login', 'status 401 without a hub')
  // 502–504 are a gateway saying that it could not ask.
  if (status >= 500) return new AppError('hub_unreachable', `status ${status} without a hub`)
  if (status < 400 && looksLikePage(answer))
    return new AppError('login_page', 'a web page instead of the hub')
  return new AppError('not_a_hub', `status ${status}, ${type}`)
}

/** Portals do not always say that what they send is a page. */
function looksLikePage({ headers, body }: FetchAnswer): boolean {
  if (/^\s*(text\/html|application\/xhtml)/i.test(headers['content-type'] ?? '')) return true
  return /^\ufeff?\s*(<!doctype html|<html|<head|<script|<meta)/i.test(
    Buffer.from(body.subarray(0, 300)).toString('utf8'),
  )
}

function hostOf(url: string, asked: string): string {
  try {
    return new URL(url, asked).host
  } catch {
    return 'an unreadable address'
  }
}

function sameHost(url: string, asked: string): boolean {
  try {
    return new URL(url, asked).host === new URL(asked).host
  } catch {
    return false
  }
}
