import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db, Sql } from '../../electron/hub/db/engine.ts'
import { migrate } from '../../electron/hub/db/migrate.ts'
import { URGENCY, urgencyOf } from '../../electron/hub/db/migrations/0002-snapshot-order.ts'
import { openPglite } from '../../electron/hub/db/pglite.ts'
import { readPage } from '../../electron/hub/feed/page.ts'
import { readSnapshot } from '../../electron/hub/feed/snapshot.ts'

const REPORTS = 3000
const CACHE = resolve(import.meta.dirname, '../../.cache/hub-template')
const dir = mkdtempSync(join(tmpdir(), 'meja-plans-'))
let db: Db

beforeAll(async () => {
  db = await openPglite(join(dir, 'db'), CACHE)
  await migrate(db)
  await db.q(`insert into agencies (id, version, body) values ('PUPR', 1, '{}') on conflict do nothing`)
  await db.q(`insert into agency_feed (agency_id, head, report_count, floor) values ('PUPR', $1, $2, 0)`, [
    3 * REPORTS,
    REPORTS,
  ])
  // As in a fresh embedded database: nothing has ever been analysed.
  await db.q(
    `insert into agency_item (agency_id, kind, entity_id, seq, version, body)
     select 'PUPR', k.kind, 'r' || n || k.suffix, 3 * n + k.nth, 1, json_build_object('id', 'r' || n, 'reportId', 'r' || n,
       'state', (array['received', 'closed', 'verified', 'archived'])[1 + n % 4],
       'priority', (array['urgent', 'high', 'normal', 'low'])[1 + n % 3], 'updatedAt', 1770000000000 + n * 7,
       'clockStartedAt', 1770000000000 + n, 'text', repeat('kata ', 80))::text
     from generate_series(0, $1::int - 1) n
     cross join (values ('report', '', 1), ('report_state', '', 2), ('entry', '-e', 3)) k (kind, suffix, nth)`,
    [REPORTS],
  )
})
afterAll(async () => {
  await db.close()
  rmSync(dir, { recursive: true, force: true })
})

/** Runs `act` on a database that notes the plan of every statement that reads items. */
async function plansOf(act: (sql: Sql) => Promise<unknown>): Promise<string[]> {
  const plans: string[] = []
  const q: Sql['q'] = async (sql, params) => {
    if (sql.includes('agency_item')) {
      const plan = await db.q<{ 'QUERY PLAN': string }>(`explain (analyze, timing off) ${sql}`, params)
      plans.push(plan.map((row) => row['QUERY PLAN']).join('\n'))
    }
    return db.q(sql, params)
  }
  await act({ q })
  return plans
}

const mustBeNarrow = (plans: string[]) => {
  for (const plan of plans) {
    expect(plan).not.toMatch(/Seq Scan on agency_item/)
    for (const [, removed] of plan.matchAll(/Rows Removed by \w+(?: Recheck)?: (\d+)/g))
      expect(Number(removed), plan).toBeLessThan(10)
  }
}

// 30 times slower at 20,000 reports when a page reads the table, and slower with every report.
test('a page costs what is in it, however many reports there are, without statistics', async () => {
  let cursor: string | null = null
  let plans: string[] = []
  for (let page = 0; page < 3; page++)
    plans = plans.concat(
      await plansOf(async (sql) => {
        cursor = (await readSnapshot(sql, 'PUPR', 1, cursor, { changes: 120, letters: Infinity })).cursor
      }),
    )
  expect(plans.length).toBeGreaterThanOrEqual(6)
  mustBeNarrow(plans)
  const [page] = await plansOf((sql) =>
    readPage(sql, 'PUPR', 1, `1.${3 * REPORTS - 200}.0`, { changes: 100, letters: Infinity }),
  )
  mustBeNarrow([page!])
})

test('the order that the index keeps is the one that is read from a body', async () => {
  const rows = await db.q<{ body: string; urgency: number }>(
    `select body, ${URGENCY} as urgency from agency_item where kind = 'report_state'`,
  )
  expect(rows).toHaveLength(REPORTS)
  for (const { body, urgency } of rows) expect(urgencyOf(JSON.parse(body) as never)).toBe(urgency)
})
