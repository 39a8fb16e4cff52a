import { Sha256 } from '@shared/domain/ids.ts'
import type { FastifyInstance } from 'fastify'
import { openFile } from '../attachments/files.ts'
import { deviceOf } from '../auth/devices.ts'
import type { Hub } from '../context.ts'
import { HubFault } from '../http/fault.ts'
import { findAttachment, recordAttachment } from '../store/attachments.ts'
import { takeUpload } from '../pictures/take-in.ts'

/** `PUT` and `GET /v1/attachments/:sha256`: files by the hash of their content; a repeated PUT changes nothing. */
export function attachmentRoutes(app: FastifyInstance, hub: Hub): void {
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))

  app.put('/attachments/:sha256', async (request, reply) => {
    const device = await deviceOf(hub, request)
    const expect = hashOf(request.params)
    const bytes = request.body as AsyncIterable<Uint8Array> | undefined
    if (!bytes || !(Symbol.asyncIterator in bytes)) throw new HubFault('bad_request')
    const file = await takeUpload(hub, bytes, expect)
    await hub.work((work) => recordAttachment(work, file, device.agencyId))
    const { sha256, size, mime } = file
    return reply.code(201).send({ sha256, size, mime })
  })

  app.get('/attachments/:sha256', async (request, reply) => {
    const device = await deviceOf(hub, request)
    const sha256 = hashOf(request.params)
    const file = await findAttachment(hub.db, device.agencyId, sha256)
    if (!file) throw new HubFault('not_found')
    const range = readRange(request.headers.range, file.size)
    const whole = { from: 0, to: file.size - 1 }
    reply
      .header('accept-ranges', 'bytes')
      .header('etag', `"${sha256}"`)
      .header('x-content-type-options', 'nosniff')
    if (range === 'outside') return reply.code(416).header('content-range', `bytes */${file.size}`).send()
    const part = range ?? whole
    if (range) reply.code(206).header('content-range', `bytes ${part.from}-${part.to}/${file.size}`)
    reply.type(file.mime).header('content-length', part.to - part.from + 1)
    return reply.send(await openFile(hub.dataDir, sha256, part))
  })
}

function hashOf(params: unknown): string {
  const parsed = Sha256.safeParse((params as { sha256?: unknown }).sha256)
  if (!parsed.success) throw new HubFault('bad_request')
  return parsed.data
}

/** One byte range; null for none or a form we ignore (then the whole file is a correct answer). */
function readRange(
  header: string | undefined,
  size: number,
): { from: number; to: number } | 'outside' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return null
  const from = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1])
  const to = match[1] === '' || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1)
  return from > to ? 'outside' : { from, to }
}
