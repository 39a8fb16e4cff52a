import {
  createServer,
  request as ask,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

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
  const answers = new Map<string, Answer>()
  const { port: hubPort } = new URL(hubUrl)
  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy())
  })
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await read(request)
    if (replay.mode !== 'through' && request.url!.startsWith('/v1/wake')) return
    const asked = replay.mode === 'mirror' ? repeatable(request, body) : null
    const known = asked && answers.get(asked.key)
    const answer =
      known ??
      (await fromHub(Number(hubPort), asked?.headers ?? request.headers, request, asked?.body ?? body))
    if (asked && answer.status === 200) answers.set(asked.key, answer)
    send(response, answer)
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const replay: Replay = { port: (server.address() as AddressInfo).port, mode: 'through' }
  return replay
}

/** A question whose answer serves everyone who asks the same. */
interface Repeatable {
  key: string
  headers: IncomingHttpHeaders
  body: Buffer
}

/** The question for a page, without who asks and without the word that its answer should echo; null for what has an effect. */
function repeatable({ method, url, headers }: IncomingMessage, body: Buffer): Repeatable | null {
  if (method !== 'POST' || !url!.startsWith('/v1/exchange') || body.length === 0) return null
  const coding = headers['content-encoding']
  const plain = coding === 'gzip' ? gunzipSync(body) : coding === 'br' ? brotliDecompressSync(body) : body
  const asked = JSON.parse(plain.toString('utf8')) as Record<string, unknown> & { want: { echo?: string } }
  if (!Array.isArray(asked['mutations']) || asked['mutations'].length > 0) return null
  delete asked.want.echo
  const { protocol, cursor, want } = asked
  const { 'content-encoding': _coding, 'content-length': _length, ...kept } = headers
  return {
    key: JSON.stringify([url, headers['accept-encoding'], protocol, cursor, want]),
    headers: kept,
    body: Buffer.from(JSON.stringify(asked)),
  }
}

async function fromHub(
  port: number,
  headers: IncomingHttpHeaders,
  { method, url }: Pick<IncomingMessage, 'method' | 'url'>,
  body: Buffer,
): Promise<Answer> {
  const length = body.length > 0 ? { 'content-length': body.length } : {}
  const asking = ask({ host: '127.0.0.1', port, method, path: url, headers: { ...headers, ...length } })
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
