import { createHash } from 'node:crypto'
import type { Doc } from './data.ts'
import type { DocStore, Kept } from './doc-store.ts'

/** What a request asks and an answer says, as far as the stub needs it. */
export interface Asked {
  method: string
  /** Below the database. */
  path: string
  query: URLSearchParams
  body: unknown
}

/**
 * As much of CouchDB's protocol as a PouchDB needs to replicate both ways, from memory: the cheapest CouchDB there can
 * be. Answers JSON text, or null for 404.
 */
export function couchStub(store: DocStore): (asked: Asked) => string | null {
  const texts = new Map<string, string>()
  const local = new Map<string, Record<string, unknown>>()
  const textOf = (kept: Kept): string => {
    const key = `${kept.doc.id}/${kept.seq}`
    const known = texts.get(key)
    if (known) return known
    const { id, ...rest } = kept.doc
    const ids = Array.from({ length: kept.rev }, (_, i) => hashOf(id, kept.rev - i))
    const doc = { _id: id, _rev: revOf(kept), _revisions: { start: kept.rev, ids }, ...rest }
    const text = JSON.stringify(doc)
    texts.set(key, text)
    return text
  }
  // Made before anyone asks: a server's cost is not what is measured.
  for (const kept of store.after(0, Infinity)) textOf(kept)
  return ({ method, path, query, body }) => {
    if (path === '')
      return JSON.stringify({
        db_name: 'reports',
        doc_count: store.size,
        update_seq: store.last,
        instance_start_time: '0',
      })
    if (path.startsWith('_local/')) {
      if (method === 'GET') return local.has(path) ? JSON.stringify(local.get(path)) : null
      local.set(path, { ...(body as object), _rev: '0-1' })
      return JSON.stringify({ ok: true, id: path, rev: '0-1' })
    }
    switch (path) {
      case '_changes':
        return changes(store, query)
      case '_bulk_get': {
        const { docs } = body as { docs: { id: string }[] }
        const results = docs.map(({ id }) => `{"id":"${id}","docs":[{"ok":${textOf(store.get(id))}}]}`)
        return `{"results":[${results.join(',')}]}`
      }
      case '_revs_diff':
        return revsDiff(store, body as Record<string, string[]>)
      case '_bulk_docs': {
        const { docs } = body as { docs: (Doc & { _id: string; _rev: string })[] }
        for (const { _id: id, _rev: rev, ...doc } of docs) store.put({ ...doc, id }, Number.parseInt(rev, 10))
        return '[]'
      }
      default:
        return null
    }
  }
}

const hashOf = (id: string, rev: number) => createHash('md5').update(`${id}/${rev}`).digest('hex')
const revOf = ({ doc, rev }: Kept) => `${rev}-${hashOf(doc.id, rev)}`

function changes(store: DocStore, query: URLSearchParams): string {
  const since = Number(query.get('since') ?? 0)
  const found = store.after(since, Number(query.get('limit') ?? 25))
  const results = found.map((kept) => ({ seq: kept.seq, id: kept.doc.id, changes: [{ rev: revOf(kept) }] }))
  const last = found.at(-1)?.seq ?? since
  return JSON.stringify({ results, last_seq: last, pending: store.after(last, Infinity).length })
}

function revsDiff(store: DocStore, asked: Record<string, string[]>): string {
  const missing = Object.entries(asked).filter(
    ([id, revs]) => !store.has(id) || !revs.includes(revOf(store.get(id))),
  )
  return JSON.stringify(Object.fromEntries(missing.map(([id, revs]) => [id, { missing: revs }])))
}
