import type { FeedBody, FeedKind } from '@shared/sync/feed.ts'
import type { DeskDb } from '../db/open.ts'
import type { Versioned } from './fold.ts'

type ChildKind = Exclude<FeedKind, 'report' | 'report_state'>

/** A report's words and state as mirrored, or null. Bodies were parsed by their schema when they were written. */
export function mirroredReport(db: DeskDb, reportId: string) {
  const row = db.get<{ rid: number; version: number; body: string; stateVersion: number; stateBody: string }>(
    `SELECT r.rid, r.version, r.body, s.version AS stateVersion, s.body AS stateBody
     FROM m_reports r JOIN m_report_states s ON s.id = r.id WHERE r.id = ?`,
    reportId,
  )
  if (!row) return null
  return {
    rid: row.rid,
    report: { version: row.version, body: JSON.parse(row.body) as FeedBody<'report'> },
    state: { version: row.stateVersion, body: JSON.parse(row.stateBody) as FeedBody<'report_state'> },
  }
}

/** The mirrored rows of one kind that hang on a report. */
export function mirroredChildren<K extends ChildKind>(db: DeskDb, kind: K, reportId: string) {
  return db
    .all<{ version: number; body: string }>(
      'SELECT version, body FROM m_rows WHERE report_id = ? AND kind = ?',
      reportId,
      kind,
    )
    .map((row): Versioned<FeedBody<K>> => ({
      version: row.version,
      body: JSON.parse(row.body) as FeedBody<K>,
    }))
}

/** One mirrored row by its id, or null. */
export function mirroredRow<K extends ChildKind>(
  db: DeskDb,
  kind: K,
  id: string,
): Versioned<FeedBody<K>> | null {
  const row = db.get<{ version: number; body: string }>(
    'SELECT version, body FROM m_rows WHERE kind = ? AND id = ?',
    kind,
    id,
  )
  return row ? { version: row.version, body: JSON.parse(row.body) as FeedBody<K> } : null
}

/** Every mirrored row of one kind. */
export function mirroredRows<K extends ChildKind>(db: DeskDb, kind: K): FeedBody<K>[] {
  return db
    .all<{ body: string }>('SELECT body FROM m_rows WHERE kind = ?', kind)
    .map((row) => JSON.parse(row.body) as FeedBody<K>)
}
