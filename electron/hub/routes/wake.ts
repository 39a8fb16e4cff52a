import type { FastifyInstance } from 'fastify'
import { deviceOf } from '../auth/devices.ts'
import type { Hub } from '../context.ts'
import { readCursor } from '../feed/cursor.ts'

/** Under the 30 s at which many proxies give up. */
const WAIT_MS = 25_000

/**
 * `GET /v1/wake?cursor=…`: answers `{changed}` as soon as the agency's feed has more, at the latest after 25 s. A PC
 * waits once: its earlier question is answered at once, or a few changes of person would use up its connections.
 */
export function wakeRoute(app: FastifyInstance, hub: Hub): void {
  const waiting = new Map<string, AbortController>()
  app.get('/wake', async (request, reply) => {
    const device = await deviceOf(hub, request)
    const { cursor } = request.query as { cursor?: unknown }
    const seen = typeof cursor === 'string' ? readCursor(cursor) : null
    // A cursor that is not ours means the desk has something to ask: wake it.
    if (!seen || seen.epoch !== hub.epoch) return { changed: true }
    const gone = new AbortController()
    waiting.get(device.id)?.abort()
    waiting.set(device.id, gone)
    reply.raw.once('close', () => {
      gone.abort()
      if (waiting.get(device.id) === gone) waiting.delete(device.id)
    })
    return { changed: await hub.wake.wait(device.agencyId, seen.seq, WAIT_MS, gone.signal) }
  })
}
