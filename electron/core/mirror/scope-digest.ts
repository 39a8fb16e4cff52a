import { joinDigests, scopeDigest, type DigestRow, type ScopeDigest } from '@shared/sync/digest.ts'
import { getMeta, setMeta } from '../db/meta.ts'
import type { DeskDb } from '../db/open.ts'

/** Exchanges that reached the feed's end between two comparisons. */
export const DIGEST_EVERY = 64
/** A mismatch that a resync does not mend is a bug: it must not fetch everything again each time, so the wait grows. */
const WORST = 4

interface Due {
  left: number
  misses: number
}

/** Rows of one slice: a few milliseconds. */
const SLICE = 1500

const quarantined = (kind: string) =>
  `NOT EXISTS (SELECT 1 FROM m_quarantine q WHERE q.kind = '${kind}' AND q.id = r.id)`
const SLICES: readonly (readonly [kind: string, sql: string])[] = [
  ['report', `FROM m_reports r WHERE r.id > ? AND ${quarantined('report')}`],
  ['report_state', `FROM m_report_states r WHERE r.id > ? AND ${quarantined('report_state')}`],
  // A change it could not understand counts as held: the hub sent it, it is kept.
  ['report', `FROM m_quarantine r WHERE r.id > ? AND r.kind = 'report'`],
  ['report_state', `FROM m_quarantine r WHERE r.id > ? AND r.kind = 'report_state'`],
]

/** What this desk holds of its scope. Pauses after every slice, so that others can be let in; nobody may write meanwhile. */
export function* mirrorDigest(db: DeskDb): Generator<void, ScopeDigest> {
  let digest = scopeDigest([])
  for (const [kind, sql] of SLICES) {
    for (let after: string | null = ''; after !== null;) {
      const rows: Omit<DigestRow, 'kind'>[] = db.all(
        `SELECT r.id, r.version ${sql} ORDER BY r.id LIMIT ${SLICE}`,
        after,
      )
      digest = joinDigests(digest, scopeDigest(rows.map((row) => ({ kind, ...row }))))
      after = rows.length < SLICE ? null : rows.at(-1)!.id
      if (after !== null) yield
    }
  }
  return digest
}

/** Whether the next exchange shall ask for the hub's digest. */
export const isDigestDue = (db: DeskDb): boolean => dueOf(db).left <= 0

/** Counts an exchange that reached the feed's end and brought no digest. */
export function postponeDigest(db: DeskDb): void {
  const due = dueOf(db)
  keep(db, { ...due, left: due.left - 1 })
}

/** Whether the mirror agrees with the hub's digest of the same cursor (P8). */
export function compareDigest(db: DeskDb, own: ScopeDigest, hub: ScopeDigest): 'agrees' | 'differs' {
  const due = dueOf(db)
  const agrees = own.count === hub.count && own.hash === hub.hash
  const misses = agrees ? 0 : due.misses + 1
  keep(db, { left: DIGEST_EVERY * 4 ** Math.min(WORST, Math.max(0, misses - 1)), misses })
  return agrees ? 'agrees' : 'differs'
}

function dueOf(db: DeskDb): Due {
  const text = getMeta(db, 'digest_due')
  return text === null ? { left: 0, misses: 0 } : (JSON.parse(text) as Due)
}

const keep = (db: DeskDb, due: Due) => setMeta(db, 'digest_due', JSON.stringify(due))
