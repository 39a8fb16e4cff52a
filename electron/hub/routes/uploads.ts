import { MAX_ATTACHMENT_BYTES } from '@shared/domain/report.ts'
import { Sha256 } from '@shared/domain/ids.ts'
import { TUS_VERSION } from '@shared/sync/exchange.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { appendUpload, beginUpload, uploadOffset } from '../attachments/uploads.ts'
import { deviceOf } from '../auth/devices.ts'
import type { Hub } from '../context.ts'
import { HubFault } from '../http/fault.ts'
import { takeUpload } from '../pictures/take-in.ts'
import { findAttachment, recordAttachment } from '../store/attachments.ts'

/**
 * `/v1/uploads`: resumable uploads compatible with tus 1.0 (core and creation). An upload's address is its content's
 * hash, so a desk needs to remember nothing to go on after a restart.
 */
export function uploadRoutes(app: FastifyInstance, hub: Hub): void {
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
  app.addHook('onRequest', async (request, reply) => {
    reply.header('tus-resumable', TUS_VERSION)
    if (request.method === 'OPTIONS' || request.headers['tus-resumable'] === TUS_VERSION) return
    reply.header('tus-version', TUS_VERSION)
    return reply.code(412).send()
  })

  app.options('/uploads', (_request, reply) =>
    reply
      .code(204)
      .header('tus-version', TUS_VERSION)
      .header('tus-extension', 'creation')
      .header('tus-max-size', MAX_ATTACHMENT_BYTES)
      .send(),
  )

  app.post('/uploads', async (request, reply) => {
    const { id: deviceId } = await deviceOf(hub, request)
    const sha256 = readHash(metadataOf(request, 'sha256'))
    await beginUpload(hub.dataDir, { deviceId, sha256 }, numberOf(request, 'upload-length'))
    const { offset } = (await uploadOffset(hub.dataDir, { deviceId, sha256 }))!
    return reply.code(201).header('location', `/v1/uploads/${sha256}`).header('upload-offset', offset).send()
  })

  app.head('/uploads/:sha256', async (request, reply) => {
    const device = await deviceOf(hub, request)
    const sha256 = readHash((request.params as { sha256?: unknown }).sha256)
    const known =
      (await uploadOffset(hub.dataDir, { deviceId: device.id, sha256 })) ??
      (await done(hub, device.agencyId, sha256))
    if (!known) throw new HubFault('not_found')
    return answer(reply.code(200), known)
  })

  app.patch('/uploads/:sha256', async (request, reply) => {
    const device = await deviceOf(hub, request)
    const sha256 = readHash((request.params as { sha256?: unknown }).sha256)
    const bytes = request.body as AsyncIterable<Uint8Array> | undefined
    if (request.headers['content-type'] !== 'application/offset+octet-stream' || !bytes)
      throw new HubFault('unsupported_media')
    const upload = { deviceId: device.id, sha256 }
    const offset = numberOf(request, 'upload-offset')
    const file = (whole: AsyncIterable<Uint8Array>) => takeUpload(hub, whole, sha256)
    const reached = await appendUpload(hub.dataDir, upload, offset, bytes, file)
    const { filed } = reached
    if (filed) await hub.work((work) => recordAttachment(work, filed, device.agencyId))
    return reply.code(204).header('upload-offset', reached.offset).send()
  })
}

/** A file that the agency may fetch is an upload that is done. */
async function done(hub: Hub, agencyId: string, sha256: string) {
  const file = await findAttachment(hub.db, agencyId, sha256)
  return file ? { offset: file.size, length: file.size } : null
}

const answer = (reply: FastifyReply, { offset, length }: { offset: number; length: number }) =>
  reply
    .header('upload-offset', offset)
    .header('upload-length', length)
    .header('cache-control', 'no-store')
    .send()

function readHash(value: unknown): string {
  const parsed = Sha256.safeParse(value)
  if (!parsed.success) throw new HubFault('bad_request')
  return parsed.data
}

function numberOf(request: FastifyRequest, header: string): number {
  const text = request.headers[header]
  if (typeof text !== 'string' || !/^\d{1,12}$/.test(text)) throw new HubFault('bad_request')
  return Number(text)
}

/** One value of `Upload-Metadata`: `key base64, key base64`. */
function metadataOf(request: FastifyRequest, key: string): string | null {
  const text = String(request.headers['upload-metadata'] ?? '')
  const pair = text.split(',').find((part) => part.trim().startsWith(`${key} `))
  return pair ? Buffer.from(pair.trim().slice(key.length + 1), 'base64').toString('utf8') : null
}
