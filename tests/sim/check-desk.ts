import { verifyAudit, type Anchor } from '../../electron/core/audit/chain.ts'
import { getMeta } from '../../electron/core/db/meta.ts'
import type { DeskDb } from '../../electron/core/db/open.ts'
import type { DeskNode, World } from './world.ts'

interface OutboxRow {
  n: number
  id: string
  kind: string
  payload: string
  state: string
  receipt: string | null
  attempts: number
}

/** What must be true of a desk at every moment between two of its steps. */
export function checkDesk(world: World, desk: DeskNode, db: DeskDb): void {
  const rows = new Map(
    db
      .all<OutboxRow>('SELECT n, id, kind, payload, state, receipt, attempts FROM outbox')
      .map((row) => [row.n, row]),
  )
  checkPromises(world, desk, rows)
  checkReceipts(world, desk, rows)
  checkDrafts(world, desk, db, rows)
  checkRemoved(world, desk, db)
  checkProof(world, desk, db)
  watchCursor(world, desk, db)
}

/** SYNC-01: what was acknowledged is there, unchanged. */
function checkPromises({ broke }: World, desk: DeskNode, rows: ReadonlyMap<number, OutboxRow>): void {
  for (const act of desk.ledger.acts.values()) {
    const row = rows.get(act.n)
    if (!row) broke('SYNC-01', `${desk.name} lost act ${act.n} ${act.kind}`)
    // Purged with its report; its outcome stays.
    else if (row.payload !== act.payload && !(row.payload === 'null' && isOver(row)))
      broke('SYNC-01', `${desk.name} act ${act.n} ${act.kind} says something else now`)
  }
}

/** Refused too, where a restored hub lost what had already left with its report: its author is told. */
const isOver = (row: OutboxRow) =>
  row.state === 'applied' ||
  row.state === 'discarded' ||
  (row.state === 'rejected' && row.receipt?.includes('"lost_in_restore"') === true)

/** SYNC-01, SYNC-05: an act is settled only by a receipt that names it. */
function checkReceipts({ broke }: World, desk: DeskNode, rows: ReadonlyMap<number, OutboxRow>): void {
  for (const row of rows.values()) {
    if (!['applied', 'rejected', 'conflict'].includes(row.state)) continue
    const receipt = row.receipt
      ? (JSON.parse(row.receipt) as { mutationId: string; outcome: string; reason: string | null })
      : null
    const outcome = receipt?.outcome === 'duplicate' ? 'applied' : receipt?.outcome
    // Signing in cures it; nobody has anything to decide.
    if (receipt?.reason === 'session_expired')
      broke('SYNC-01', `${desk.name} act ${row.n} is refused for want of a session`)
    if (receipt?.mutationId !== row.id || outcome !== row.state)
      broke('SYNC-01', `${desk.name} act ${row.n} is ${row.state} on the word of ${row.receipt}`)
  }
}

/** DRAFT-01: words once saved are a draft, on their way, or at the hub. */
function checkDrafts(
  { broke }: World,
  desk: DeskNode,
  db: DeskDb,
  rows: ReadonlyMap<number, OutboxRow>,
): void {
  const kept = new Map(
    db
      .all<{ id: string; body: string; submitted: number }>('SELECT id, body, submitted FROM drafts')
      .map((row) => [row.body, row]),
  )
  const sent = new Map<string, string>()
  for (const row of rows.values()) {
    if (row.kind !== 'reply.submit') continue
    const payload = desk.ledger.acts.get(row.n)?.payload ?? row.payload
    const { body } = (JSON.parse(payload) as { body: string } | null) ?? { body: '' }
    // The hub had them when their report left; what it lost by a restore its author is told of.
    const state = row.receipt?.includes('"lost_in_restore"') ? 'lost in a restore' : row.state
    if (!['rejected', 'conflict', 'discarded'].includes(state) || !sent.has(body)) sent.set(body, state)
  }
  for (const [id, { body }] of desk.ledger.drafts) {
    const state = sent.get(body)
    const draft = kept.get(body)
    // Thrown away by its author in a process that died before it could say so.
    const thrown = `SELECT 1 FROM audit WHERE action = 'draft.discard' AND data ->> '$.draft' = ?`
    if (!draft && db.get(thrown, id)) continue
    if (
      !draft &&
      (state === undefined || state === 'rejected' || state === 'conflict' || state === 'discarded')
    )
      broke('DRAFT-01', `${desk.name} lost draft ${id.slice(-6)} (${state ?? 'never handed in'})`)
    // Handed in and hidden without anything on its way: nobody would find it.
    else if (
      draft?.submitted === 1 &&
      state !== undefined &&
      !['held', 'queued', 'sending', 'signed_out'].includes(state)
    )
      broke('DRAFT-01', `${desk.name} hides draft ${id.slice(-6)}, whose submission is ${state}`)
  }
}

/** SYNC-06, PRIV-01: of a report that is not mirrored nothing can be read, nor the name behind an anonymous one. */
function checkRemoved({ broke }: World, desk: DeskNode, db: DeskDb): void {
  const left = db.get<{ what: string; id: string }>(
    `SELECT 'state' AS what, id FROM m_report_states WHERE id NOT IN (SELECT id FROM m_reports)
     UNION ALL SELECT 'list', id FROM report_current WHERE id NOT IN (SELECT id FROM m_reports)
     UNION ALL SELECT kind, id FROM m_rows
       WHERE report_id IS NOT NULL AND kind <> 'letter' AND report_id NOT IN (SELECT id FROM m_reports)
     UNION ALL SELECT 'search', CAST(rowid AS TEXT) FROM report_search WHERE rowid NOT IN (SELECT rid FROM m_reports)
     UNION ALL SELECT 'sent words', id FROM outbox WHERE state IN ('applied','discarded') AND payload <> 'null'
       AND kind NOT LIKE 'letter.%' AND report_id IS NOT NULL AND report_id NOT IN (SELECT id FROM m_reports) LIMIT 1`,
  )
  // Between two pages a part may have come before its whole.
  const between = getMeta(db, 'mirror_complete') !== '1' || getMeta(db, 'search_bulk') === '1'
  const part = left && !['list', 'search', 'sent words'].includes(left.what)
  if (left && !(between && part))
    broke('SYNC-06', `${desk.name} still shows ${left.what} ${left.id.slice(-6)}`)
  const named = db.get<{ id: string }>(
    'SELECT id FROM report_current WHERE anonymous = 1 AND reporter_name IS NOT NULL',
  )
  if (named) broke('PRIV-01', `${desk.name} names the reporter of anonymous ${named.id.slice(-6)}`)
  const odd = db.get<{ n: number }>('SELECT count(*) AS n FROM m_quarantine')!
  if (odd.n > 0) broke('PROTOCOL', `${desk.name} did not understand ${odd.n} changes`)
}

/** SYNC-05: "synced" only with the time and count of an answer that came. */
function checkProof({ broke }: World, desk: DeskNode, db: DeskDb): void {
  const at = getMeta(db, 'last_synced_at')
  if (at === null) return
  const counted = desk.proven.get(Number(at))
  if (counted === undefined) broke('SYNC-05', `${desk.name} says synced at ${at}, the hub never did`)
  else if (String(counted) !== getMeta(db, 'hub_report_count'))
    broke('SYNC-05', `${desk.name} says ${getMeta(db, 'hub_report_count')} reports, the hub said ${counted}`)
}

/** SYNC-03: the cursor goes back only to begin again openly. Looked at after every commit of a desk. */
export function watchCursor({ broke }: World, desk: DeskNode, db: DeskDb): void {
  const cursor = getMeta(db, 'cursor')
  const before = desk.lastCursor
  if (before !== null && before.text === cursor) return
  if (cursor === null || getMeta(db, 'resync') === '1') {
    desk.lastCursor = null
    return
  }
  const [epoch, seq] = cursor.split('.').map(Number)
  if (before && before.epoch === epoch && seq! < before.seq && before.resyncs === resyncsOf(db))
    broke('SYNC-03', `${desk.name} went back from ${before.seq} to ${seq}`)
  desk.lastCursor = { text: cursor, epoch: epoch!, seq: seq!, resyncs: resyncsOf(db) }
}

const resyncsOf = (db: DeskDb) =>
  db.get<{ n: number }>(`SELECT count(*) AS n FROM link_log WHERE result = 'resync'`)!.n

/** AUDIT-01: the chain is whole and ends where the hub was told. */
export function checkAudit({ broke }: World, desk: DeskNode, db: DeskDb): void {
  const anchor = getMeta(db, 'audit_anchor')
  const result = verifyAudit(db, anchor ? (JSON.parse(anchor) as Anchor) : null)
  if (!result.intact) broke('AUDIT-01', `${desk.name} chain broken at ${result.brokenAt}`)
  const silent = db.get<{ id: string }>(
    `SELECT id FROM outbox o WHERE NOT EXISTS (SELECT 1 FROM audit a WHERE a.data ->> '$.mutation' = o.id
       OR a.data ->> '$.renewed' = o.id) LIMIT 1`,
  )
  if (silent) broke('AUDIT-01', `${desk.name} has no entry of act ${silent.id.slice(-6)}`)
  const thrown = db.get<{ id: string }>(
    `SELECT id FROM outbox o WHERE state = 'discarded' AND NOT EXISTS (SELECT 1 FROM audit a
       WHERE a.data ->> '$.mutation' = o.id AND a.action LIKE 'outbox.%') LIMIT 1`,
  )
  if (thrown) broke('SYNC-01', `${desk.name} discarded ${thrown.id.slice(-6)} without a person`)
}
