import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { deviceOf } from '../auth/devices.ts'
import type { Hub } from '../context.ts'
import { readCursor } from '../feed/cursor.ts'

/** Under the 30 s at which many proxies give up on a server that says nothing. */
const WAIT_MS = 25_000
/** Longest hold that a PC may ask for. */
const MOST_MS = 900_000
/** A byte this often keeps a held answer alive: PCs and proxies give a silent one up after 45 to 60 s. */
const BEAT_MS = 30_000

/**
 * `GET /v1/wake?cursor=…[&hold=seconds]`: answers `{changed}` as soon as the agency's feed has more, at the latest after
 * the hold. With `hold` the answer begins at once and a blank, which JSON allows, is sent every 30 s. A PC waits once: its
 * earlier question is answered at once, or a few changes of person would use up its connections.
 */
export function wakeRoute(app: FastifyInstance, hub: Hub): void {
  const waiting = new Map<string, AbortController>()
  app.get('/wake', async (request, reply) => {
    const device = await deviceOf(hub, request)
    const { cursor, hold } = request.query as { cursor?: unknown; hold?: unknown }
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
    const wait = (ms: number) => hub.wake.wait(device.agencyId, seen.seq, ms, gone.signal)
    const held = typeof hold === 'string' && /^\d{1,4}$/.test(hold) ? Number(hold) * 1000 : null
    if (held === null) return { changed: await wait(WAIT_MS) }
    return reply.send(Readable.from(beats(wait(Math.min(MOST_MS, held)))))
  })
}

async function* beats(answer: Promise<boolean>): AsyncGenerator<string> {
  const over = new AbortController()
  const beat = () => pause(BEAT_MS, null, { signal: over.signal }).catch(() => null)
  try {
    for (;;) {
      yield ' '
      const changed = await Promise.race([answer, beat()])
      if (changed === null) continue
      yield JSON.stringify({ changed })
      return
    }
  } finally {
    over.abort()
  }
}
