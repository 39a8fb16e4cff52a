import {
  createServer,
  request as ask,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'

/**
 * `through`: every request reaches the hub. `mirror`: what was asked once in this mode is answered from memory, so that
 * the hub costs what the peers' servers cost. In `mirror` and `quiet` wake-ups stay open.
 */
export type ReplayMode = 'through' | 'mirror' | 'quiet'

/** Stands before a hub. */
export interface Replay {
  port: number
  mode: ReplayMode
}

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** Opens the stand before the hub at `hubUrl`. */
export async function openReplay(hubUrl: string): Promise<Replay> {
  const known = new Map<string, Answer>()
  const { port: hubPort } = new URL(hubUrl)
  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy())
  })
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await read(request)
    if (replay.mode !== 'through' && request.url!.startsWith('/v1/wake')) return
    const key = replay.mode === 'mirror' ? keyOf(request, body) : null
    const answer = (key && known.get(key)) || (await fromHub(Number(hubPort), request, body))
    if (key && answer.status === 200) known.set(key, answer)
    send(response, answer)
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const replay: Replay = { port: (server.address() as AddressInfo).port, mode: 'through' }
  return replay
}

/** What was asked, apart from who asks; null for what has an effect. */
function keyOf({ method, url, headers }: IncomingMessage, body: Buffer): string | null {
  if (method !== 'POST' || !url!.startsWith('/v1/exchange') || body.length === 0) return null
  const plain = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
  const {
    mutations,
    audit: _audit,
    sessions: _sessions,
    ...asked
  } = JSON.parse(plain.toString('utf8')) as Record<string, unknown>
  if (!Array.isArray(mutations) || mutations.length > 0) return null
  return JSON.stringify([url, headers['accept-encoding'], headers['accept'], asked])
}

async function fromHub(
  port: number,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<Answer> {
  const asking = ask({ host: '127.0.0.1', port, method, path: url, headers })
  asking.end(body)
  const [answer] = (await once(asking, 'response')) as [IncomingMessage]
  return { status: answer.statusCode!, headers: answer.headers, body: await read(answer) }
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  const {
    connection: _connection,
    'keep-alive': _keep,
    'transfer-encoding': _transfer,
    date: _date,
    ...kept
  } = headers
  response.writeHead(status, { ...kept, 'content-length': body.length })
  response.end(body)
}

async function read(from: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of from) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
