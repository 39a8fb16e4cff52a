import type { Report, ReportState } from '@shared/domain/report.ts'
import type { Topic } from '@shared/ipc/topics.ts'
import { feedBodies, type Change, type FeedKind } from '@shared/sync/feed.ts'
import { getMeta, setMeta } from '../db/meta.ts'
import type { DeskDb } from '../db/open.ts'
import { wantFiles } from './attachment-refs.ts'
import { overlaidReports } from '../outbox/overlay.ts'
import { projectReport, type JustMirrored, type Projection } from './project.ts'
import { purgeReport } from './purge.ts'
import { finishResync, noteSeen } from './resync.ts'
import { indexReport, pendingFrom, postponeIndexing, postponeMerging } from './search-index.ts'

/** The part of a hub's answer that changes the mirror. */
export interface FeedPage {
  baseCursor: string | null
  cursor: string
  changes: readonly Change[]
  more: boolean
  /** Whether this is part of a long pull; `more` unless told. */
  bulk?: boolean
}

/** What a page did. `files` are ciphertexts nobody needs any more, to be removed after the commit. */
export interface Applied {
  topics: Topic[]
  files: string[]
  quarantined: number
  removed: number
}

/** What one page has touched so far. */
interface Touched {
  reports: Set<string>
  topics: Set<Topic>
  files: string[]
  quarantined: number
  removed: number
  /** Something was quarantined before or in this page, so that a change may have to take its place. */
  quarantine: boolean
  /** Reports from this local number on are indexed later. */
  unindexedFrom: number | null
  /** What was written of a report, by its id. */
  written: Map<string, Partial<JustMirrored>>
}

/**
 * Applies one page of the feed and moves the cursor, in one transaction: after any crash the mirror equals some prefix
 * of the feed (SYNC-03). Null when the page answers another cursor than ours and was therefore dropped. The sole
 * writer of the `m_*` tables.
 */
export function applyPage(db: DeskDb, page: FeedPage, projection: () => Projection): Applied | null {
  return db.tx(() => {
    if (page.baseCursor !== getMeta(db, 'cursor')) return null
    const resyncing = getMeta(db, 'resync') === '1'
    const bulk = page.bulk ?? page.more
    // A first mirror of several pages shows its rows first and is searched afterwards.
    if (page.baseCursor === null && bulk && !resyncing) postponeIndexing(db)
    const touched = untouched(db)
    postponeMerging(db, bulk || touched.unindexedFrom !== null)
    for (const change of page.changes) {
      applyChange(db, change, touched)
      if (resyncing) noteSeen(db, change)
    }
    setMeta(db, 'cursor', page.cursor)
    if (!page.more) {
      if (resyncing) for (const gone of finishResync(db)) removeRow(db, gone.kind, gone.id, touched)
      setMeta(db, 'mirror_complete', 1)
    }
    const now = projection()
    const overlaid = touched.reports.size > 0 ? overlaidReports(db) : NO_REPORTS
    for (const id of touched.reports)
      projectReport(db, id, now, justMirrored(touched, id), overlaid.has(id) ? undefined : [])
    const { files, quarantined, removed } = touched
    return { topics: topicsOf(touched), files, quarantined, removed }
  })
}

const untouched = (db: DeskDb): Touched => ({
  reports: new Set(),
  topics: new Set(),
  files: [],
  quarantined: 0,
  removed: 0,
  quarantine: db.get('SELECT 1 FROM m_quarantine LIMIT 1') !== undefined,
  unindexedFrom: pendingFrom(db),
  written: new Map(),
})

const NO_REPORTS: ReadonlySet<string> = new Set()

/** Both rows of a report, if this page wrote both. */
function justMirrored({ written }: Touched, id: string): JustMirrored | null {
  const { rid, report, state } = written.get(id) ?? {}
  return rid !== undefined && report && state ? { rid, report, state } : null
}

function applyChange(db: DeskDb, change: Change, touched: Touched): void {
  if (change.removed) return removeRow(db, change.kind, change.id, touched)
  const schema = Object.hasOwn(feedBodies, change.kind) ? feedBodies[change.kind as FeedKind] : null
  const parsed = schema?.safeParse(change.body)
  if (parsed && !parsed.success) {
    touched.quarantined++
    touched.quarantine = true
    return quarantine(db, change, parsed.error.message)
  }
  // An older desk keeps what it does not know, so that a newer one need not ask for it again.
  const body = parsed ? parsed.data : change.body
  if (touched.quarantine) db.run('DELETE FROM m_quarantine WHERE kind = ? AND id = ?', change.kind, change.id)
  writeRow(db, change, body, touched)
  note(db, change, body, touched)
}

function writeRow(
  db: DeskDb,
  { kind, id, version, seq }: Change,
  body: unknown,
  { written }: Pick<Touched, 'written'>,
): void {
  const json = JSON.stringify(body ?? null)
  if (kind === 'report') {
    const { rid } = db.get<{ rid: number }>(
      `INSERT INTO m_reports (id, version, seq, body) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET version = excluded.version, seq = excluded.seq, body = excluded.body
       RETURNING rid`,
      id,
      version,
      seq,
      json,
    )!
    written.set(id, { ...written.get(id), rid, report: { version, body: body as Report } })
  } else if (kind === 'report_state') {
    db.run(
      `INSERT INTO m_report_states (id, version, seq, body) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET version = excluded.version, seq = excluded.seq, body = excluded.body`,
      id,
      version,
      seq,
      json,
    )
    written.set(id, { ...written.get(id), state: { version, body: body as ReportState } })
  } else {
    db.run(
      `INSERT INTO m_rows (kind, id, version, seq, report_id, body) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version, seq = excluded.seq,
         report_id = excluded.report_id, body = excluded.body`,
      kind,
      id,
      version,
      seq,
      reportIdOf(body),
      json,
    )
  }
}

/** Notes what else a written row concerns: search, files, clocks, topics. */
function note(db: DeskDb, { kind, id }: Change, body: unknown, touched: Touched): void {
  switch (kind) {
    case 'report': {
      const report = body as Report
      const { rid } = touched.written.get(id) as JustMirrored
      if (touched.unindexedFrom === null || rid < touched.unindexedFrom) indexReport(db, rid, report)
      wantFiles(db, id, report.attachments)
      touched.reports.add(id)
      break
    }
    case 'report_state':
      touched.reports.add(id)
      break
    case 'settings':
      // Every clock may have moved: the rows are projected again in batches, by refreshClocks.
      db.run(`UPDATE report_current SET clock_on = ''`)
      touched.topics.add('settings')
      break
    case 'person':
      touched.topics.add('people')
      break
    case 'letter':
    case 'lease':
    case 'number_gap':
      touched.topics.add('letters')
      break
    case 'agency':
    case 'service':
      touched.topics.add('app')
      break
    default: {
      const reportId = reportIdOf(body)
      if (!reportId) break
      if (kind === 'reply') {
        wantFiles(db, reportId, (body as { attachments: Report['attachments'] }).attachments)
        touched.topics.add('replies')
      }
      touched.reports.add(reportId)
    }
  }
}

function removeRow(db: DeskDb, kind: string, id: string, touched: Touched): void {
  touched.removed++
  touched.written.delete(id)
  db.run('DELETE FROM m_quarantine WHERE kind = ? AND id = ?', kind, id)
  if (kind === 'report') {
    touched.files.push(...purgeReport(db, id))
    touched.reports.add(id)
    for (const topic of ['replies', 'drafts'] as const) touched.topics.add(topic)
  } else if (kind === 'report_state') {
    db.run('DELETE FROM m_report_states WHERE id = ?', id)
    touched.reports.add(id)
  } else {
    const row = db.get<{ reportId: string | null }>(
      'SELECT report_id AS reportId FROM m_rows WHERE kind = ? AND id = ?',
      kind,
      id,
    )
    db.run('DELETE FROM m_rows WHERE kind = ? AND id = ?', kind, id)
    if (row?.reportId) touched.reports.add(row.reportId)
    if (kind === 'letter' || kind === 'lease') touched.topics.add('letters')
    if (kind === 'person') touched.topics.add('people')
  }
}

function quarantine(db: DeskDb, { kind, id, version, seq, body }: Change, error: string): void {
  db.run(
    'INSERT OR REPLACE INTO m_quarantine (kind, id, version, seq, body, error) VALUES (?, ?, ?, ?, ?, ?)',
    kind,
    id,
    version,
    seq,
    JSON.stringify(body ?? null),
    error.slice(0, 2000),
  )
}

function reportIdOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('reportId' in body)) return null
  return typeof body.reportId === 'string' ? body.reportId : null
}

/** More reports than this in one page: naming them singly costs the renderer more than asking everything again. */
const NAMED_REPORTS = 50

function topicsOf(touched: Touched): Topic[] {
  const topics = [...touched.topics]
  if (touched.reports.size > 0) topics.push('reports')
  if (touched.reports.size <= NAMED_REPORTS) for (const id of touched.reports) topics.push(`report:${id}`)
  return topics
}
