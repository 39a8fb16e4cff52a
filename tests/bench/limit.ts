import Database from 'better-sqlite3'
import { applyKey } from '../../electron/core/db/cipher.ts'
import { join } from 'node:path'
import type { Report, ReportState } from '@shared/domain/report.ts'
import { HUB_CONTENT_TYPE, type ExchangeResponse } from '@shared/sync/exchange.ts'
import type { Change } from '@shared/sync/feed.ts'
import { closeDb, openDb } from '../../electron/core/db/open.ts'
import { indexText } from '../../electron/core/search/index-text.ts'
import { PAGE_CHANGES } from '../../electron/core/sync/page-size.ts'
import { nodeFetch } from '../fakes/node-fetch.ts'

/** Who asks: an enrolled PC's token at a hub's address. */
export interface Asking {
  url: string
  token: string
}

/** The bare schema at a hub; `close` it. */
export interface Limit {
  /** Fetches and writes what is new since the last pull, page by page; answers how many changes that were. */
  pull(): Promise<number>
  reports(): number
  /** Builds the search index of what was mirrored, nothing else. */
  buildIndex(): void
  close(): void
}

/**
 * The bare limit: the pages the engine asks for, by the same requests, parsed as JSON and put into the same encrypted
 * schema with positional prepared statements, a page a transaction. No engine, no check, no overlay. `inbox` also fills
 * the inbox's table, still without checking or folding anything.
 */
export function openLimit({ url, token }: Asking, folder: string, inbox: boolean): Limit {
  const db = openBare(join(folder, 'limit.db'))
  const write = inbox ? inboxWriter(db) : mirrorWriter(db)
  const page = db.transaction((changes: readonly Change[]) => {
    for (const change of changes) write(change)
  })
  let cursor: string | null = null
  return {
    async pull() {
      let pulled = 0
      for (let more = true; more;) {
        const response = await askHub({ url, token }, cursor)
        page.immediate(response.changes)
        pulled += response.changes.length
        ;({ cursor, more } = response)
      }
      return pulled
    },
    reports: () => db.prepare('SELECT count(*) FROM m_reports').pluck().get() as number,
    buildIndex: () => buildIndex(db),
    close: () => db.close(),
  }
}

async function askHub({ url, token }: Asking, cursor: string | null): Promise<ExchangeResponse> {
  // By rows, which need no putting together; in the engine's order, so that the same indexes grow at the same places.
  const request = { protocol: 2, sessions: {}, cursor, mutations: [], audit: null }
  const answer = await nodeFetch({
    method: 'POST',
    url: `${url}/v1/exchange`,
    headers: {
      accept: HUB_CONTENT_TYPE,
      'content-type': HUB_CONTENT_TYPE,
      authorization: `Bearer ${token}`,
    },
    body: Buffer.from(JSON.stringify({ ...request, want: { maxChanges: PAGE_CHANGES, order: 'urgent' } })),
    timeoutMs: 45_000,
  })
  return JSON.parse(Buffer.from(answer.body).toString('utf8')) as ExchangeResponse
}

/** Reports in one transaction of the bare index. */
const INDEX_BATCH = 1000

function buildIndex(db: Database.Database): void {
  db.exec(`INSERT INTO report_search (report_search, rank) VALUES ('automerge', 0)`)
  const next = db.prepare('SELECT rid, body FROM m_reports WHERE rid > ? ORDER BY rid LIMIT ?')
  const insert = db.prepare('INSERT INTO report_search (rowid, raw, stems) VALUES (?, ?, ?)')
  const batch = db.transaction((after: number): number | null => {
    const rows = next.all(after, INDEX_BATCH) as { rid: number; body: string }[]
    for (const { rid, body } of rows) {
      const { raw, stems } = indexText(JSON.parse(body) as Report)
      insert.run(rid, raw, stems)
    }
    return rows.at(-1)?.rid ?? null
  })
  for (let after: number | null = 0; after !== null;) after = batch.immediate(after)
}

/** The product's schema and settings, without its wrapper. */
function openBare(path: string): Database.Database {
  const key = new Uint8Array(32).fill(7)
  closeDb(openDb({ path, key, create: true }))
  const db = new Database(path, { nativeBinding: process.env['APP_SQLITE_BINDING'] || undefined })
  applyKey(db, key)
  for (const setting of [
    'temp_store = MEMORY',
    'secure_delete = ON',
    'journal_mode = WAL',
    // As the engine keeps pages: the hub can send them again.
    'synchronous = NORMAL',
    'foreign_keys = ON',
    'cache_size = -32768',
    'wal_autocheckpoint = 1500',
  ])
    db.pragma(setting)
  return db
}

type Write = (change: Change) => void

const NEWER = 'version = excluded.version, seq = excluded.seq, body = excluded.body'

function mirrorWriter(db: Database.Database): Write {
  const upsert = (into: string, key: string) =>
    db.prepare(
      `INSERT INTO ${into} VALUES (?, ?, ?, ?${into.includes('report_id') ? ', ?, ?' : ''}) ON CONFLICT (${key}) DO UPDATE SET ${NEWER}`,
    )
  const report = upsert('m_reports (id, version, seq, body)', 'id')
  const state = upsert('m_report_states (id, version, seq, body)', 'id')
  const row = upsert('m_rows (kind, id, version, seq, report_id, body)', 'kind, id')
  return ({ kind, id, version, seq, body }) => {
    const json = JSON.stringify(body)
    if (kind === 'report') report.run(id, version, seq, json)
    else if (kind === 'report_state') state.run(id, version, seq, json)
    else row.run(kind, id, version, seq, (body as { reportId?: string }).reportId ?? null, json)
  }
}

function inboxWriter(db: Database.Database): Write {
  const mirror = mirrorWriter(db)
  const current = db.prepare(
    `INSERT OR REPLACE INTO report_current (${COLUMNS}) VALUES (${COLUMNS.replaceAll(/\w+/g, '?')})`,
  )
  const known = db.prepare('SELECT rid, body FROM m_reports WHERE id = ?')
  const waiting = new Map<string, { rid: number; report: Report }>()
  let last = 0
  const mirrored = (id: string) => {
    const { rid, body } = known.get(id) as { rid: number; body: string }
    return { rid, report: JSON.parse(body) as Report }
  }
  return (change) => {
    mirror(change)
    if (change.kind === 'report') waiting.set(change.id, { rid: ++last, report: change.body as Report })
    if (change.kind !== 'report_state') return
    const { rid, report } = waiting.get(change.id) ?? mirrored(change.id)
    waiting.delete(change.id)
    current.run(rowOf(rid, report, change.body as ReportState))
  }
}

/** The inbox's table in the order of `rowOf`. */
const COLUMNS = `rid, id, number, subject, service_code, service_name, district, channel, state, class, priority, anonymous,
  confidential, reporter_name, assignee_id, unit, attachment_count, state_body, clock_status, clock_due_at, clock_on,
  reply_state, reply_author_id, proposal, citizen_replied, pending, open, requested_at, updated_at, due_key, state_rank`

/** A row of the inbox's table as a fresh report has it. */
function rowOf(rid: number, report: Report, state: ReportState): unknown[] {
  const { id, number, subject, serviceCode, serviceName, district, channel, requestedAt } = report
  const due = state.clockStartedAt + 5 * 86_400_000
  const own = [rid, id, number, subject, serviceCode, serviceName, district, channel]
  const flags = [state.state, state.class, 2, Number(state.anonymous), Number(state.confidential)]
  const people = [report.reporter?.name ?? null, state.assigneeId, state.unit, report.attachments.length]
  const clock = [JSON.stringify(state), 'running', due, '2026-11-24', null, null, null, 0, 0, 1]
  return [...own, ...flags, ...people, ...clock, requestedAt, state.updatedAt, due, 0]
}
