import { MIN_PROTOCOL, PROTOCOL } from '@shared/sync/exchange.ts'
import type { z } from 'zod'
import { HubFault } from './fault.ts'

/** Parses a `/v1` body; the protocol is judged first, so that an old desk hears "update" and not "bad request". */
export function parseBody<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const protocol = (body as { protocol?: unknown } | null)?.protocol
  if (typeof protocol === 'number' && Number.isInteger(protocol)) {
    if (protocol < MIN_PROTOCOL) throw new HubFault('protocol_too_old')
    if (protocol > PROTOCOL) throw new HubFault('protocol_too_new')
  }
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const where = parsed.error.issues.slice(0, 3).map((i) => i.path.join('.') || '(isi)')
  throw new HubFault('bad_request', `Permintaan tidak sah pada: ${where.join(', ')}.`)
}
