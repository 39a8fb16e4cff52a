import { scopeDigest, type DigestRow, type ScopeDigest } from '@shared/sync/digest.ts'
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

/** What this desk holds of its scope. A change it could not understand counts as held: the hub sent it, it is kept. */
export function mirrorDigest(db: DeskDb): ScopeDigest {
  const quarantined = (kind: string, id: string) =>
    `NOT EXISTS (SELECT 1 FROM m_quarantine q WHERE q.kind = '${kind}' AND q.id = ${id})`
  return scopeDigest(
    db.iterate<DigestRow>(
      `SELECT 'report' AS kind, r.id, r.version FROM m_reports r WHERE ${quarantined('report', 'r.id')}
       UNION ALL SELECT 'report_state', s.id, s.version FROM m_report_states s WHERE ${quarantined('report_state', 's.id')}
       UNION ALL SELECT kind, id, version FROM m_quarantine WHERE kind IN ('report', 'report_state')`,
    ),
  )
}

/** Whether the next exchange shall ask for the hub's digest. */
export const isDigestDue = (db: DeskDb): boolean => dueOf(db).left <= 0

/** Counts an exchange that reached the feed's end; with the hub's digest, answers whether the mirror agrees (P8). */
export function compareDigest(db: DeskDb, hub: ScopeDigest | null): 'agrees' | 'differs' | 'not_compared' {
  const due = dueOf(db)
  if (!hub) {
    keep(db, { ...due, left: due.left - 1 })
    return 'not_compared'
  }
  const own = mirrorDigest(db)
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
