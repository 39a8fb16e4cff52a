import type { ReportState } from '@shared/domain/report.ts'
import type { Change } from '@shared/sync/feed.ts'
import type { Db, Sql } from '../../../electron/hub/db/engine.ts'
import { OFFICE } from '../bench-hub.ts'
import { feedReports, isWorkable, WORKED } from './data.ts'

/** Rows of one insert. */
const BATCH = 2000

const ITEMS = `insert into agency_item (agency_id, kind, entity_id, seq, version, body)
select $1, k, i, s, 1, b from unnest($2::text[], $3::text[], $4::bigint[], $5::text[]) as t(k, i, s, b)`

/**
 * Puts the data set into the office's feed, in the rows the hub itself would have written; at the hub only the reports
 * that will be worked on are more than that. Answers how many those are.
 */
export async function fillHub(db: Db, count: number, say: (done: number) => void): Promise<void> {
  await db.tx(async (sql) => {
    const [feed] = await sql.q<{ head: number }>('select head from agency_feed where agency_id = $1', [
      OFFICE,
    ])
    let seq = feed!.head
    let worked = 0
    let batch: Change[] = []
    const flush = async () => {
      const column = (of: (change: Change) => unknown) => batch.map(of)
      const bodies = column((change) => JSON.stringify(change.body))
      const ids = column((change) => change.id)
      await sql.q(ITEMS, [OFFICE, column((change) => change.kind), ids, batch.map(() => ++seq), bodies])
      batch = []
    }
    let done = 0
    for (const [report, state] of feedReports(count)) {
      batch.push(report, state)
      if (worked < WORKED && isWorkable(state.body as ReportState)) {
        await keepReport(sql, report, state)
        worked++
      }
      if (batch.length >= BATCH) await flush()
      if (++done % 20_000 === 0) say(done)
    }
    if (batch.length > 0) await flush()
    await sql.q('update agency_feed set head = $2, report_count = $3 where agency_id = $1', [
      OFFICE,
      seq,
      count,
    ])
  })
  await db.script('analyze')
}

async function keepReport(sql: Sql, report: Change, state: Change): Promise<void> {
  const { number } = report.body as { number: string }
  const insert = 'insert into reports (id, number, version, body) values ($1, $2, 1, $3::jsonb)'
  await sql.q(insert, [report.id, number, JSON.stringify(report.body)])
  await sql.q('insert into report_states (id, version, body) values ($1, 1, $2::jsonb)', [
    state.id,
    JSON.stringify(state.body),
  ])
}
