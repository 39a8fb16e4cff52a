import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { ExchangeResponse, HUB_CONTENT_TYPE, PROTOCOL } from '@shared/sync/exchange.ts'
import { getMeta } from '../../electron/core/db/meta.ts'
import type { DeskDb } from '../../electron/core/db/open.ts'
import { httpHubClient } from '../../electron/core/hub-client/http.ts'
import { enqueue } from '../../electron/core/outbox/enqueue.ts'
import { exchangeOnce } from '../../electron/core/sync/exchange-step.ts'
import { makeDesk } from '../core/make-desk.ts'
import { idOf, people, reportChanges } from '../core/sample.ts'
import { hostileAnswers, type Hostile } from './hostile.ts'

/** `npm run fuzz:answers` asks for 100,000. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 3000)
/** A desk is used for so many answers, since right ones change it. */
const PER_DESK = 500
const HUB_ID = idOf(0xb1)
const URL = 'https://hub.example'

/** Everything that an answer may not touch unless it is right: mirror, acts and their fate, drafts, record, cursor. */
function stateOf(db: DeskDb): string {
  const hash = createHash('sha256')
  for (const sql of [
    'SELECT * FROM m_rows',
    'SELECT * FROM m_reports',
    'SELECT * FROM m_report_states',
    'SELECT * FROM m_quarantine',
    'SELECT * FROM report_current',
    // What is being sent goes back to the queue when nothing right came; both are "not yet".
    `SELECT n, id, replace(state, 'sending', 'queued'), payload, receipt FROM outbox`,
    'SELECT * FROM drafts',
    'SELECT * FROM letters',
    'SELECT * FROM sessions',
    'SELECT * FROM audit',
    'SELECT sha256, state FROM attachments',
    `SELECT * FROM meta WHERE key NOT IN ('bytes_day', 'journal_seq')`,
  ])
    hash.update(JSON.stringify(db.all(sql)))
  return hash.digest('hex')
}

/** Whether this is an answer of our hub, judged without the code under test. */
function isRight({ answer }: Hostile): boolean {
  const type = answer.headers['content-type']!.split(';')[0]!.trim()
  if (type !== HUB_CONTENT_TYPE || (answer.status !== 200 && answer.status !== 201) || answer.url !== null)
    return false
  try {
    const parsed = ExchangeResponse.safeParse(JSON.parse(Buffer.from(answer.body).toString('utf8')))
    return parsed.success && parsed.data.hubId === HUB_ID && parsed.data.protocol <= PROTOCOL
  } catch {
    return false
  }
}

function desk() {
  let next: Hostile | null = null
  let before = ''
  const t = makeDesk({
    changes: [...reportChanges(1), ...reportChanges(2)],
    fetch: (request) => {
      // What the desk did by itself before it asked (a session that is over) is not the answer's doing.
      before = stateOf(t.db)
      return Promise.resolve({ ...next!.answer, url: next!.answer.url ?? request.url })
    },
  })
  const { db, host } = t
  db.pragma('synchronous = OFF')
  db.run(`INSERT INTO sessions VALUES (?, 'token', 9e15)`, people.clerk.id)
  db.run(
    `INSERT INTO drafts (id, report_id, kind, body, attachments, author_id, saved_at, report_number, report_subject)
     VALUES (?, ?, 'final', 'naskah', '[]', ?, 0, '', '')`,
    idOf(9),
    idOf(1),
    people.clerk.id,
  )
  const acts = [1, 2].map((n) =>
    enqueue(t.desk, { kind: 'report.note', reportId: idOf(n), baseVersion: 1, payload: { text: 'catatan' } }),
  )
  const client = httpHubClient(host, { url: URL, hubId: HUB_ID, deviceToken: 'x' })
  const projection = () => ({ now: host.now(), settings: t.desk.settings() })
  const ctx = { db, host, client, carrier: 'https' as const, projection, stale: () => undefined }
  return {
    ...t,
    ids: acts.map(({ mutationId }) => mutationId),
    receive: async (hostile: Hostile) => {
      next = hostile
      const outcome = await exchangeOnce(ctx, true)
      return { outcome, before }
    },
  }
}

// Verifies SYNC-01, SYNC-03, SYNC-05
test(
  `${RUNS} hostile answers: no crash, and none that is not right changes anything`,
  async () => {
    let [right, wrong] = [0, 0]
    for (let done = 0; done < RUNS; done += PER_DESK) {
      const { db, ids, receive } = desk()
      const valid: Record<string, unknown> = {
        protocol: PROTOCOL,
        hubId: HUB_ID,
        epoch: 1,
        hubTime: 1,
        baseCursor: getMeta(db, 'cursor'),
        receipts: [],
        changes: reportChanges(3),
        cursor: '1.9.0',
        more: false,
        resync: null,
        reportCount: 3,
        digest: null,
      }
      const numRuns = Math.min(PER_DESK, RUNS - done)
      const seed = Number(process.env['FUZZ_SEED'] ?? 20261124) + done
      await fc.assert(
        fc.asyncProperty(hostileAnswers(valid, ids), async (hostile) => {
          const { outcome, before } = await receive(hostile)
          // `internal` would be a page of nonsense that stops this desk for ever.
          expect(outcome.type === 'failed' ? outcome.problem : '').not.toBe('internal')
          if (isRight(hostile)) right++
          else {
            wrong++
            expect(outcome.type).toBe('failed')
            expect(stateOf(db)).toBe(before)
          }
          // Whatever came: acts and drafts are still here, and none left without a receipt that named it.
          expect(db.all('SELECT id FROM outbox ORDER BY n')).toEqual(ids.map((id) => ({ id })))
          expect(db.all('SELECT body FROM drafts WHERE submitted = 0')).toEqual([{ body: 'naskah' }])
          for (const row of db.all<{ state: string; receipt: string | null }>(
            'SELECT state, receipt FROM outbox',
          ))
            if (row.state === 'applied') expect(row.receipt).not.toBeNull()
        }),
        { numRuns, seed, endOnFailure: true },
      )
      expect(db.pragma('quick_check')).toBe('ok')
    }
    // The generator must try both: answers that pass the schema, and those that do not.
    expect(right).toBeGreaterThan(RUNS / 100)
    expect(wrong).toBeGreaterThan(RUNS / 10)
    const { heapUsed, rss } = process.memoryUsage()
    console.log(
      JSON.stringify({
        runs: RUNS,
        right,
        wrong,
        heapMb: Math.round(heapUsed / 1e6),
        rssMb: Math.round(rss / 1e6),
      }),
    )
  },
  RUNS * 40,
)
