import { createHash } from 'node:crypto'
import type { DeskDb } from '../db/open.ts'

/** One act. `data` holds ids, codes and counts, never citizens' words, so that a purge needs no hole in the chain. */
export interface AuditEntry {
  at: number
  personId: string | null
  action: string
  subjectId: string | null
  data: Record<string, string | number | boolean | null>
}

interface AuditRow {
  n: number
  at: number
  personId: string | null
  action: string
  subjectId: string | null
  data: string
  prev: string
  hash: string
}

/** `prev` of the first entry. */
export const CHAIN_START = '0'.repeat(64)

/** Appends in the caller's transaction, so that an act and its entry exist together or not at all. Verifies AUDIT-01. */
export function appendAudit(db: DeskDb, entry: AuditEntry): void {
  const last = db.get<{ n: number; hash: string }>('SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1')
  const row = {
    ...entry,
    n: (last?.n ?? 0) + 1,
    prev: last?.hash ?? CHAIN_START,
    data: JSON.stringify(entry.data),
  }
  db.run(
    'INSERT INTO audit (n, at, person_id, action, subject_id, data, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    row.n,
    row.at,
    row.personId,
    row.action,
    row.subjectId,
    row.data,
    row.prev,
    hashOf(row),
  )
}

/** How many entries there are and the hash of the last: sent with each exchange so that the hub can anchor it. */
export function auditHead(db: DeskDb): { count: number; head: string } {
  const last = db.get<{ n: number; hash: string }>('SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1')
  return { count: last?.n ?? 0, head: last?.hash ?? CHAIN_START }
}

/** An anchor: the head the hub acknowledged last. A shorter chain than this was cut off. */
export interface Anchor {
  count: number
  head: string
}

/** Recomputes the whole chain. `brokenAt` is the first entry that was altered, moved, removed or cut off. */
export function verifyAudit(db: DeskDb, anchor: Anchor | null) {
  let expected = 1
  let prev = CHAIN_START
  const broken = (brokenAt: number) => ({
    entries: expected - 1,
    intact: false,
    brokenAt,
    anchoredThrough: anchor?.count ?? 0,
  })
  for (const row of db.iterate<AuditRow>(
    'SELECT n, at, person_id AS personId, action, subject_id AS subjectId, data, prev, hash FROM audit ORDER BY n',
  )) {
    if (row.n !== expected || row.prev !== prev || row.hash !== hashOf(row)) return broken(expected)
    if (anchor?.count === row.n && anchor.head !== row.hash) return broken(row.n)
    prev = row.hash
    expected++
  }
  if (anchor && anchor.count >= expected) return broken(expected)
  return { entries: expected - 1, intact: true, brokenAt: null, anchoredThrough: anchor?.count ?? 0 }
}

function hashOf(row: Omit<AuditRow, 'hash'>): string {
  const canonical = JSON.stringify([
    'meja-lapor/audit/1',
    row.n,
    row.at,
    row.personId,
    row.action,
    row.subjectId,
    row.data,
    row.prev,
  ])
  return createHash('sha256').update(canonical).digest('hex')
}
