import type { FastifyRequest } from 'fastify'
import { matches } from '../auth/tokens.ts'
import type { Hub } from '../context.ts'

/** Carries the hub's admin token beside whatever token the request needs for itself. */
export const PRACTICE_TOKEN_HEADER = 'x-practice-token'
/** Milliseconds UTC, or `made-at`: each mutation counts at the time it names. */
export const PRACTICE_TIME_HEADER = 'x-practice-time'

/**
 * The time at which practice data happened, so that a story told in seconds spans weeks. Undefined — the hub's own
 * clock — unless the hub is a practice hub and the request proves its operator.
 */
export function practiceTime(hub: Hub, request: FastifyRequest): number | 'made-at' | undefined {
  if (!hub.practice) return undefined
  const token = request.headers[PRACTICE_TOKEN_HEADER]
  const time = request.headers[PRACTICE_TIME_HEADER]
  if (typeof token !== 'string' || typeof time !== 'string') return undefined
  if (!matches(token, hub.adminTokenHash)) return undefined
  if (time === 'made-at') return time
  const at = /^\d{1,15}$/.test(time) ? Number(time) : Infinity
  return at <= hub.clock() ? at : undefined
}

/** The same for a request that has one time for everything it does. */
export function practiceMillis(hub: Hub, request: FastifyRequest): number | undefined {
  const time = practiceTime(hub, request)
  return typeof time === 'number' ? time : undefined
}
