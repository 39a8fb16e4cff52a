import { getMeta } from '../../electron/core/db/meta.ts'
import type { DeskDb } from '../../electron/core/db/open.ts'
import { isOffering } from '../../electron/core/outbox/settle.ts'
import { outboxItems } from '../../electron/core/queries/outbox-items.ts'
import { actsOf, checkHub } from './check-hub.ts'
import { checkAudit, checkDesk } from './check-desk.ts'
import { withDisk } from './desk-node.ts'
import type { People } from './people.ts'
import type { DeskNode, World } from './world.ts'

interface OpenRow {
  n: number
  id: string
  kind: string
  state: string
  reportId: string | null
  personId: string
}

const OPEN = `SELECT n, id, kind, state, report_id AS reportId, person_id AS personId FROM outbox
  WHERE state NOT IN ('applied','discarded') ORDER BY n`
const WAITS_FOR_PERSON = ['rejected', 'conflict', 'signed_out']

/** What of a healed desk is not well yet: a rule and what breaks it, or null (SYNC-04, LIVENESS). */
export function ailing(
  { desks }: World,
  desk: DeskNode,
  since: number,
): [rule: string, message: string] | null {
  const { life } = desk
  if (!life) return ['LIVENESS', `${desk.name} is not running`]
  const db = life.db as unknown as DeskDb
  const rows = db.all<OpenRow>(OPEN)
  // After a restore the hub refuses nothing that others may still make possible.
  const offering = desks.some((one) => one !== desk && one.life && isOffering(one.life.db as never))
  for (const [i, row] of rows.entries()) {
    if (WAITS_FOR_PERSON.includes(row.state) || offering) continue
    const ahead = rows
      .slice(0, i)
      .some(
        (one) =>
          WAITS_FOR_PERSON.includes(one.state) && one.reportId === row.reportId && row.reportId !== null,
      )
    if (!ahead || row.kind === 'report.note')
      return ['SYNC-04', `${desk.name} ${row.kind} ${row.n} is still ${row.state}, behind nothing`]
  }
  const at = Number(getMeta(db, 'last_synced_at') ?? 0)
  if (at >= since) return null
  const { phase } = life.open.engine.state()
  return ['LIVENESS', `${desk.name} last synced ${since - at} ms before the link was healed (${phase})`]
}

/** Liveness after the world was healed: nothing waits that nobody can see or decide (SYNC-01, SYNC-04, SYNC-05). */
export function checkAlive(world: World, desk: DeskNode, since: number): void {
  const ill = ailing(world, desk, since)
  if (ill) world.broke(...ill)
  if (!desk.life) return
  const shown = new Set(outboxItems(desk.life.open.desk, { open: true }).map((item) => item.id))
  for (const row of desk.life.db.all<OpenRow>(OPEN))
    if (!shown.has(row.id)) world.broke('SYNC-01', `${desk.name} does not show ${row.kind} ${row.n}`)
}

/** After people decided what was theirs to decide: nothing is open, and both sides agree. */
export async function checkEnd(world: World, people: People): Promise<void> {
  for (const desk of world.desks) {
    if (!desk.life) {
      world.broke('LIVENESS', `${desk.name} is not running at the end`)
      continue
    }
    withDisk(desk, (db) => {
      const open = db.all<OpenRow>(OPEN)
      if (open.length > 0) {
        const { kind, n, state, personId } = open[0]!
        world.broke('LIVENESS', `${desk.name} ${kind} ${n} of ${personId.slice(-3)} is ${state} at the end`)
      }
      checkDesk(world, desk, db)
      checkAudit(world, desk, db)
    })
    await checkAgreement(world, desk)
  }
  await checkSettled(world)
  if (!world.diskCopied) checkLent(world, people)
  if (!world.hubRestored && !world.diskCopied) await checkExplained(world, people)
  await checkHub(world, people)
  await checkOrder(world)
}

/** SYNC-03, SYNC-06: the mirror is the agency's feed, row for row. */
async function checkAgreement(world: World, desk: DeskNode): Promise<void> {
  const { agencyId } = desk.record.device
  const db = desk.life!.db
  const theirs = await world.hub.q<{ kind: string; id: string; version: number; body: string }>(
    `select kind, entity_id as id, version, body from agency_item where agency_id = $1 and removed is null`,
    [agencyId],
  )
  const mine = new Map(
    db
      .all<{ kind: string; id: string; version: number; body: string }>(
        `SELECT kind, id, version, body FROM m_rows UNION ALL SELECT 'report', id, version, body FROM m_reports
         UNION ALL SELECT 'report_state', id, version, body FROM m_report_states`,
      )
      .map((row) => [`${row.kind}/${row.id}`, row]),
  )
  for (const row of theirs) {
    const key = `${row.kind}/${row.id}`
    const own = mine.get(key)
    mine.delete(key)
    if (!own) world.broke('SYNC-03', `${desk.name} misses ${key}`)
    else if (own.version !== row.version)
      world.broke('SYNC-03', `${desk.name} has ${key} as ${own.version}, not ${row.version}`)
    else if (!sameJson(own.body, row.body)) world.broke('SYNC-03', `${desk.name} has other words in ${key}`)
  }
  for (const key of mine.keys())
    world.broke(key.startsWith('report') ? 'SYNC-06' : 'SYNC-03', `${desk.name} still has ${key}`)
  const shown = db.get<{ n: number }>('SELECT count(*) AS n FROM report_current')!.n
  const has = theirs.filter((row) => row.kind === 'report').length
  if (shown !== has) world.broke('SYNC-03', `${desk.name} lists ${shown} of ${has} reports`)
  const found = db.get<{ n: number }>('SELECT count(*) AS n FROM report_search')!.n
  if (found !== has) world.broke('SYNC-06', `${desk.name} finds ${found} of ${has} reports`)
  const pending = db.get<{ n: number }>('SELECT count(*) AS n FROM report_current WHERE pending = 1')!.n
  if (pending > 0) world.broke('SYNC-05', `${desk.name} shows ${pending} reports as not yet sent`)
  const stale = db.get<{ id: string }>(
    `SELECT c.id FROM report_current c JOIN m_report_states s ON s.id = c.id WHERE c.state <> s.body ->> '$.state'`,
  )
  if (stale)
    world.broke('SYNC-03', `${desk.name} lists ${stale.id.slice(-6)} in another state than the hub's`)
}

function sameJson(a: string, b: string): boolean {
  return a === b || canonical(JSON.parse(a)) === canonical(JSON.parse(b))
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

/** SYNC-01, SYNC-02: what a desk holds for done is done at the hub, and what it holds for refused is not. */
async function checkSettled(world: World): Promise<void> {
  const known = new Map(
    (await world.hub.q<{ id: string; outcome: string }>('select id, outcome from mutations')).map((row) => [
      row.id,
      row.outcome,
    ]),
  )
  for (const desk of world.desks) {
    const rows = desk.life?.db.all<{ id: string; kind: string; state: string; payload: string }>(
      `SELECT id, kind, state, payload FROM outbox WHERE state IN ('applied', 'discarded')`,
    )
    for (const row of rows ?? []) {
      const outcome = known.get(row.id)
      if (row.state === 'applied' && outcome !== 'applied') {
        // After a restored backup only what its report's removal purged cannot be offered again.
        if (world.hubRestored && row.payload === 'null') continue
        world.broke(
          'SYNC-01',
          `${desk.name} holds ${row.kind} ${row.id.slice(-6)} for done, the hub ${outcome ?? 'never saw it'}`,
        )
      }
      if (row.state === 'discarded' && outcome === 'applied' && !world.hubRestored && !world.diskCopied)
        world.broke('SYNC-02', `${desk.name} gave ${row.kind} ${row.id.slice(-6)} up, and it happened`)
    }
  }
}

/** LETT-01: a number a PC has put on paper is its own. (Not after a disk went back in time.) */
function checkLent({ desks, broke }: World, people: People): void {
  for (const desk of desks) {
    const refused = desk.life!.db.all<{ id: string; reason: string; letter: string | null }>(
      `SELECT id, receipt ->> '$.reason' AS reason, payload ->> '$.letter.id' AS letter FROM outbox
       WHERE kind = 'letter.issue' AND receipt ->> '$.reason' IN ('number_taken', 'number_not_leased')`,
    )
    for (const { id, reason, letter } of refused)
      if (letter !== null && !people.forgedNumbers.has(letter))
        broke('LETT-01', `${desk.name} issued letter ${id.slice(-6)} under a number that is ${reason}`)
  }
}

/** LETT-01: every number that a PC has put on paper is a row of the register. */
async function checkExplained({ desks, hub, broke }: World, people: People): Promise<void> {
  const rows = await hub.q<{ id: string; key: string }>(
    `select id, agency_id || '/' || register_id || '/' || year || '/' || n as key from letters`,
  )
  const registered = new Map(rows.map((row) => [row.key, row.id]))
  for (const desk of desks) {
    const used = desk.life!.db.all<{ id: string; key: string }>(
      `SELECT id, register_id || '/' || year || '/' || n AS key FROM letters WHERE n IS NOT NULL`,
    )
    for (const { id, key } of used) {
      const owner = registered.get(`${desk.record.device.agencyId}/${key}`)
      // A forged letter may have got there first; no desk makes one.
      if (owner !== id && !people.forgedNumbers.has(owner ?? ''))
        broke('LETT-01', `${desk.name} used ${key}, the register does not know it`)
    }
  }
}

/** SYNC-04: acts of one PC on one report happened in the order they were made. */
async function checkOrder(world: World): Promise<void> {
  const acts = actsOf(world)
  const rows = await world.hub.q<{ id: string; device_id: string; kind: string; version: number }>(
    `select id, device_id, kind, version from mutations where outcome = 'applied' and kind like 'report.%' and kind <> 'report.note' order by version`,
  )
  const last = new Map<string, { n: number; version: number }>()
  for (const row of rows) {
    const act = acts.get(row.id)
    if (!act || act.renewed || world.diskCopied) continue
    const key = `${row.device_id}/${act.reportId}`
    const before = last.get(key)
    if (before && before.n > act.n && before.version < row.version)
      world.broke('SYNC-04', `${row.kind} ${act.n} happened after ${before.n}`)
    last.set(key, { n: act.n, version: row.version })
  }
}
