import { HUB_CONTENT_TYPE } from '@shared/sync/exchange.ts'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, constants, gunzip, gzip } from 'node:zlib'
import type { Hub } from '../context.ts'
import { isDiskFull, sqlState } from '../db/engine.ts'
import { HubFault } from './fault.ts'

/** Shorter answers are a packet anyway. */
const SMALL = 300
/** Largest request after decompression; also the guard against a gzip bomb. */
const MAX_BODY = 16 * 1024 * 1024
const brotli = promisify(brotliCompress)
const zip = promisify(gzip)
/** How a request's body may be compressed. */
const UNPACK = { gzip: promisify(gunzip), br: promisify(brotliDecompress) }

/** Answers to desks behind slow links. */
const pressed = new WeakSet<FastifyReply>()

/** Spends more of the hub's time on a smaller answer. */
export const pressHarder = (reply: FastifyReply): void => void pressed.add(reply)

/** Measured: 5 is the best for its time; 10 is a tenth smaller for ten times that, which a slow link takes a hundred times back. */
const QUALITY = { usual: 5, slow: 10 }

function brotliParams(payload: string, slow: boolean) {
  const quality = slow ? QUALITY.slow : QUALITY.usual
  // A window of the whole page: equal ids stand a page apart.
  const window = Math.min(22, Math.max(16, Math.ceil(Math.log2(payload.length)) + 1))
  return {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_LGWIN]: window,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: payload.length,
  }
}

/** What people read when the hub has no room left. */
export const DISK_FULL =
  'Penyimpanan hub penuh. Tidak ada yang hilang; coba lagi nanti dan beri tahu operator.'

async function readJson(request: FastifyRequest, raw: Buffer): Promise<unknown> {
  let bytes: Buffer = raw
  const encoding = request.headers['content-encoding']
  if (encoding === 'gzip' || encoding === 'br') {
    bytes = await UNPACK[encoding](raw, { maxOutputLength: MAX_BODY }).catch(
      (error: NodeJS.ErrnoException) => {
        throw new HubFault(error.code === 'ERR_BUFFER_TOO_LARGE' ? 'too_large' : 'bad_request')
      },
    )
  }
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new HubFault('bad_request')
  }
}

async function finish(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  // Exactly the contract's type: the framework appends a charset that JSON does not have.
  if (String(reply.getHeader('content-type')).startsWith(HUB_CONTENT_TYPE))
    reply.header('content-type', HUB_CONTENT_TYPE)
  if (typeof payload !== 'string' || payload.length <= SMALL) return payload
  const accepted = request.headers['accept-encoding'] ?? ''
  reply.header('vary', 'accept-encoding')
  if (/\bbr\b/.test(accepted)) {
    reply.header('content-encoding', 'br')
    return brotli(payload, { params: brotliParams(payload, pressed.has(reply)) })
  }
  if (!/\bgzip\b/.test(accepted)) return payload
  reply.header('content-encoding', 'gzip')
  return zip(payload)
}

/** The manners of every `/v1` answer: content type, hub id, compression, and errors as HubError. */
export function v1Manners(app: FastifyInstance, hub: Hub): void {
  app.removeAllContentTypeParsers()
  const types = [HUB_CONTENT_TYPE, 'application/json']
  app.addContentTypeParser(types, { parseAs: 'buffer', bodyLimit: MAX_BODY }, readJson as never)
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('x-hub-id', hub.id).type(HUB_CONTENT_TYPE)
  })
  app.addHook('onSend', finish)
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const fault = toFault(error)
    if (fault.code === 'internal') {
      hub.log({
        event: 'error',
        route: request.routeOptions.url ?? '?',
        error: error.name,
        state: sqlState(error),
        where: firstFrame(error),
      })
    }
    if (fault.status === 429) reply.header('retry-after', '900')
    return reply
      .code(fault.status)
      .type(HUB_CONTENT_TYPE)
      .send(JSON.stringify({ error: { code: fault.code, message: fault.message } }))
  })
  app.setNotFoundHandler(() => {
    throw new HubFault('not_found')
  })
}

function toFault(error: FastifyError): HubFault {
  if (error instanceof HubFault) return error
  if (isDiskFull(error)) return new HubFault('internal', DISK_FULL)
  if (error.statusCode === 413) return new HubFault('too_large')
  if (error.statusCode === 415) return new HubFault('unsupported_media')
  if (error.statusCode && error.statusCode < 500) return new HubFault('bad_request')
  return new HubFault('internal')
}

/** Where an unexpected error came from, without its message: that may quote a citizen. */
export const firstFrame = (error: Error): string =>
  error.stack
    ?.split('\n')
    .find((l) => l.includes(' at '))
    ?.trim()
    .slice(0, 160) ?? ''
