/** Serves the data set from memory in the protocols of the other engines, in a process of its own. */
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Doc } from './data.ts'
import { couchStub, type Asked } from './couch-stub.ts'
import { asColumns, DocStore, withKeys, type Kept } from './doc-store.ts'
import { obey } from './orders.mjs'

type Answering = (asked: Asked) => string | null

let store: DocStore

/** RxDB's HTTP example: pages by a checkpoint, rows pushed with what was assumed of the server's. */
function rxdb(): Answering {
  const text = remembered((kept) => JSON.stringify({ ...withKeys(kept.doc), _deleted: false }))
  return ({ path, query, body }) => {
    if (path === 'push') {
      for (const { newDocumentState } of body as { newDocumentState: Doc }[]) store.put(newDocumentState)
      return '[]'
    }
    const after = Number(query.get('after'))
    const found = store.after(after, Number(query.get('limit')))
    const seq = found.at(-1)?.seq ?? after
    return `{"documents":[${found.map(text).join(',')}],"checkpoint":{"seq":${seq}}}`
  }
}

/** WatermelonDB's sync protocol, in pages because one answer with everything would be a text of hundreds of megabytes. */
function watermelon(): Answering {
  const text = remembered((kept) => JSON.stringify(asColumns(kept.doc)))
  return ({ path, query, body }) => {
    if (path === 'push') {
      const { created, updated } = (body as { reports: Record<string, { id: string }[]> }).reports
      for (const { id } of [...created!, ...updated!]) if (store.has(id)) store.put(store.get(id).doc)
      return '{}'
    }
    const after = Number(query.get('after'))
    const limit = Number(query.get('limit'))
    const found = store.after(after, limit)
    const [fresh, old] = [found.filter(({ born }) => born > after), found.filter(({ born }) => born <= after)]
    const seq = found.at(-1)?.seq ?? after
    const rows = `"created":[${fresh.map(text).join(',')}],"updated":[${old.map(text).join(',')}],"deleted":[]`
    return `{"changes":{"reports":{${rows}}},"timestamp":${seq},"more":${found.length === limit}}`
  }
}

/** Makes each text once, before anyone asks for it. */
function remembered(make: (kept: Kept) => string): (kept: Kept) => string {
  const texts = new Map<number, string>()
  const text = (kept: Kept) => {
    const made = texts.get(kept.seq) ?? make(kept)
    texts.set(kept.seq, made)
    return made
  }
  for (const kept of store.after(0, Infinity)) text(kept)
  return text
}

const SERVERS = { rx: rxdb, watermelon, couch: () => couchStub(store) }

/** Opens one of the servers on a free port; `gzip`: it compresses what the client accepts compressed. */
async function open({ kind, count, gzip }: { kind: keyof typeof SERVERS; count: number; gzip: boolean }) {
  store = new DocStore(count)
  const answering = SERVERS[kind]()
  const respond = async (request: IncomingMessage): Promise<string | null> => {
    const url = new URL(request.url!, 'http://server')
    const path = decodeURIComponent(url.pathname.split('/').slice(2).join('/'))
    return answering({ method: request.method!, path, query: url.searchParams, body: await read(request) })
  }
  const server = createServer((request, response) => {
    respond(request).then(
      (text) => {
        const plain = Buffer.from(text ?? '{"error":"not_found"}')
        const zipped = gzip && plain.length > 1024
        const headers = {
          'content-type': 'application/json',
          ...(zipped ? { 'content-encoding': 'gzip' } : {}),
        }
        const body = zipped ? gzipSync(plain) : plain
        response.writeHead(text === null ? 404 : 200, { ...headers, 'content-length': body.length }).end(body)
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  server.keepAliveTimeout = 120_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port }
}

async function read(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const raw = Buffer.concat(parts)
  const bytes = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw
  return bytes.length > 0 ? JSON.parse(bytes.toString('utf8')) : null
}

obey({
  open,
  change: ({ count }: { count: number }) => store.change(count),
  worked: () => store.worked,
})
