import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import { MAX_ATTACHMENT_BYTES } from '@shared/domain/report.ts'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Hub } from '../context.ts'
import { isDiskFull, sqlState } from '../db/engine.ts'
import { DISK_FULL, firstFrame } from '../http/v1.ts'
import { postRequest } from './create.ts'
import { discovery } from './discovery.ts'
import { parseForm } from './input.ts'
import { mediaRoute } from './media.ts'
import { getRequest, listRequests, tokenRequest } from './requests.ts'
import { fault, FORMATS, Open311Fault, send, sendErrors, type Format } from './respond.ts'
import { listServices, serviceDefinition } from './services.ts'
import { listUpdates, postUpdate } from './updates.ts'
import type { Value } from './xml.ts'

/** Encoded, a text of 1 MB can be three times as long; it must still be answered with the standard's error. */
const MAX_FORM = 4 * 1024 * 1024
/** Photos of one report. */
const MAX_FILES = 5

type Answer = (hub: Hub, request: FastifyRequest) => Promise<Value>

/** Open311 GeoReport v2 with the service-request-updates extension. Nothing here ever tells who reported. */
export function open311(app: FastifyInstance, hub: Hub): void {
  void app.register(formbody, { bodyLimit: MAX_FORM, parser: parseForm })
  void app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { fileSize: MAX_ATTACHMENT_BYTES, files: MAX_FILES, fieldSize: MAX_FORM, fields: 60 },
  })
  for (const format of FORMATS) {
    const get = (path: string, root: string, answer: Answer) =>
      app.get(path, async (request, reply) => send(reply, format, root, await answer(hub, request)))
    const post = (path: string, root: string, answer: Answer) =>
      app.post(path, async (request, reply) =>
        send(reply.code(201), format, root, await answer(hub, request)),
      )
    get(`/discovery.${format}`, 'discovery', discovery)
    get(`/services.${format}`, 'services', listServices)
    get(`/requests.${format}`, 'service_requests', listRequests)
    get(`/servicerequestupdates.${format}`, 'service_request_updates', listUpdates)
    post(`/requests.${format}`, 'service_requests', postRequest)
    post(`/servicerequestupdates.${format}`, 'service_request_updates', postUpdate)
  }
  named(app, hub, '/services', 'service_definition', serviceDefinition)
  named(app, hub, '/requests', 'service_requests', getRequest)
  named(app, hub, '/tokens', 'service_requests', tokenRequest)
  mediaRoute(app, hub)
  app.setNotFoundHandler((request, reply) =>
    sendErrors(reply, formatOf(request), [
      { code: 404, description: 'Alamat ini tidak ada. Lihat /open311/v2/discovery.xml' },
    ]),
  )
  app.setErrorHandler((error: FastifyError, request, reply) => explain(hub, error, request, reply))
}

/** `GET /folder/NAME.format`; the format is what follows the last dot. */
function named(
  app: FastifyInstance,
  hub: Hub,
  folder: string,
  root: string,
  answer: (hub: Hub, name: string) => Promise<Value>,
): void {
  app.get(`${folder}/:name`, async (request, reply) => {
    const [, name, format] = /^(.{1,100})\.(xml|json)$/.exec((request.params as { name: string }).name) ?? []
    if (!name || !format) throw fault(404, 'Akhiri alamat dengan .xml atau .json')
    return send(reply, format as Format, root, await answer(hub, name))
  })
}

const formatOf = (request: FastifyRequest): Format =>
  request.url.split('?')[0]!.endsWith('.json') ? 'json' : 'xml'

function explain(hub: Hub, error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const format = formatOf(request)
  if (error instanceof Open311Fault) return sendErrors(reply, format, error.errors)
  if (error.statusCode === 413)
    return sendErrors(reply, format, [{ code: 413, description: 'Permintaan terlalu besar.' }])
  if (error.statusCode && error.statusCode < 500) {
    return sendErrors(reply, format, [
      { code: 400, description: 'Permintaan tidak dapat dibaca; kirim sebagai formulir UTF-8.' },
    ])
  }
  hub.log({
    event: 'error',
    route: request.routeOptions.url ?? '?',
    error: error.name,
    state: sqlState(error),
    where: firstFrame(error),
  })
  return sendErrors(reply, format, [
    { code: 500, description: isDiskFull(error) ? DISK_FULL : 'Hub mengalami gangguan; coba lagi nanti.' },
  ])
}
