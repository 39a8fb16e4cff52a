import type { SqlValue } from '../../electron/core/db/open.ts'
import { CLERK } from './bench-hub.ts'
import { startPc, type Pc } from './pc.ts'
import { keystrokes, TYPED_QUERIES } from './typed-queries.ts'
import { median, millis, p95, printTable, times } from './stats.ts'

const PAGE = 50
const PAGES = 40
const WALKS = 6

/** Times pages of the inbox and searches as typed, through the contract, on a mirrored PC; beside each the bare SQL. */
export async function benchInbox(dataDir: string, password: string): Promise<void> {
  const pc = startPc(dataDir)
  pc.link = false
  await pc.call('session.signIn', { personId: CLERK, password })
  try {
    await benchPages(pc)
    await benchSearch(pc)
  } finally {
    pc.core.stop()
  }
}

async function benchPages(pc: Pc): Promise<void> {
  const ours: number[] = []
  const bare: number[] = []
  let total = 0
  for (let walk = 0; walk < WALKS; walk++) {
    let after: string | null = null
    let position: SqlValue[] = [-1, -1]
    for (let page = 0; page < PAGES; page++) {
      const asked = await timed(() =>
        pc.call('reports.list', { view: 'all', sort: 'due', after, limit: PAGE }),
      )
      const plain = await timed(() => barePage(pc, position))
      // The first walk warms both.
      if (walk > 0) {
        ours.push(asked.ms)
        bare.push(plain.ms)
      }
      after = asked.value.next
      total = asked.value.total
      position = [plain.value.at(-1)!['due_key']!, plain.value.at(-1)!['rid']!]
    }
  }
  printTable(`3  inbox page of ${PAGE}, due first, ${total} reports mirrored, ${ours.length} pages`, [
    HEAD,
    row('core.dispatch reports.list (rows, true count, contract)', ours, bare),
    row('bare SELECT of the same 50 rows', bare, bare),
  ])
  console.log('  goal for the SQLite window at 100 k: p95 ≤ 8 ms')
}

const barePage = (pc: Pc, position: SqlValue[]) =>
  pc.core
    .desk()!
    .db.all<Record<string, SqlValue>>(
      `SELECT * FROM report_current WHERE (due_key, rid) > (?, ?) ORDER BY due_key, rid LIMIT ${PAGE}`,
      ...position,
    )

async function benchSearch(pc: Pc): Promise<void> {
  const ours: number[] = []
  const bare: number[] = []
  const slowest = { ms: 0, q: '' }
  for (const query of TYPED_QUERIES) {
    for (const q of keystrokes(query)) {
      const { ms } = await timed(() => pc.call('reports.list', { view: 'all', q, limit: PAGE }))
      ours.push(ms)
      if (ms > slowest.ms) Object.assign(slowest, { ms, q })
      bare.push((await timed(() => bareSearch(pc, q))).ms)
    }
  }
  printTable(`4  search as typed, ${TYPED_QUERIES.length} queries, ${ours.length} keys`, [
    HEAD,
    row('core.dispatch reports.list (50 hits, true count, snippets)', ours, bare),
    row('bare FTS5: all words, the last one as a prefix, 50 newest row numbers', bare, bare),
  ])
  console.log(
    `  goal at 100 k: p95 ≤ 5 ms on a quiet machine, ≤ 10 ms on a busy one; slowest here: "${slowest.q}", ${millis(slowest.ms)}`,
  )
}

function bareSearch(pc: Pc, typed: string): unknown[] {
  const words = typed.match(/[\p{L}\p{N}]+/gu) ?? []
  if (words.length === 0) return []
  const match = words.map((word, i) => `"${word}"${i === words.length - 1 ? '*' : ''}`).join(' ')
  return pc.core
    .desk()!
    .db.all(
      `SELECT rowid FROM report_search WHERE report_search MATCH ? ORDER BY rowid DESC LIMIT ${PAGE}`,
      match,
    )
}

const HEAD = ['', 'median', 'p95', 'ratio of medians']
const row = (name: string, ms: number[], against: number[]) => [
  name,
  millis(median(ms)),
  millis(p95(ms)),
  times(median(ms) / median(against)),
]

async function timed<T>(act: () => T | Promise<T>): Promise<{ ms: number; value: T }> {
  const started = performance.now()
  const value = await act()
  return { ms: performance.now() - started, value }
}
