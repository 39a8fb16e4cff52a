import type { DeskDb } from '../../electron/core/db/open.ts'

/** An act that a desk acknowledged to a person: from then on it must exist for ever. */
export interface Act {
  n: number
  id: string
  kind: string
  reportId: string | null
  personId: string
  baseVersion: number
  payload: string
  /** A person decided to send it again, under a new id: it counts as made then. */
  renewed?: boolean
}

/** What was promised at one desk, kept outside it. */
export interface Ledger {
  acts: Map<number, Act>
  /** Draft id → the words last acknowledged as saved. */
  drafts: Map<string, { body: string; reportId: string }>
  boots: number
  /** Reads acts acknowledged since, and ids renewed by a person's decision. */
  learn(db: DeskDb): void
  /** The disk is an older one: only what is on it was ever promised. */
  relearn(db: DeskDb): void
}

const ACTS = `SELECT n, id, kind, report_id AS reportId, person_id AS personId, base_version AS baseVersion, payload
  FROM outbox WHERE n > ? ORDER BY n`

/** An empty ledger. */
export function createLedger(): Ledger {
  const ledger: Ledger = {
    acts: new Map(),
    drafts: new Map(),
    boots: 0,
    learn(db) {
      for (const row of db.all<Act>(ACTS, 0)) {
        const known = ledger.acts.get(row.n)
        if (!known) ledger.acts.set(row.n, row)
        else if (known.id !== row.id) {
          known.id = row.id
          known.renewed = true
          known.baseVersion = row.baseVersion
        }
      }
    },
    relearn(db) {
      ledger.acts = new Map(db.all<Act>(ACTS, 0).map((row) => [row.n, row]))
      const drafts = db.all<{ id: string; body: string; reportId: string }>(
        'SELECT id, body, report_id AS reportId FROM drafts',
      )
      ledger.drafts = new Map(drafts.map(({ id, ...draft }) => [id, draft]))
    },
  }
  return ledger
}
