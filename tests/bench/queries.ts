/**
 * Prints how long the inbox's pages, searches and counts take in core, on an encrypted file.
 * `node --import ./tests/bench/alias.ts tests/bench/queries.ts [reports = 20000]`
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { InboxView, ReportFilter } from '@shared/ipc/views.ts'
import { closeDb, openDb } from '../../electron/core/db/open.ts'
import type { Desk } from '../../electron/core/desk.ts'
import { applyPage } from '../../electron/core/mirror/apply-change.ts'
import { inboxCounts } from '../../electron/core/queries/inbox-counts.ts'
import { reportDetail } from '../../electron/core/queries/report-detail.ts'
import { listReports } from '../../electron/core/queries/report-list.ts'
import { bench, manyReports } from './many-reports.ts'

const count = Number(process.argv[2] ?? 20_000)
const folder = mkdtempSync(join(tmpdir(), 'meja-bench-'))
const db = openDb({ path: join(folder, 'desk.db'), key: new Uint8Array(32), create: true })
const { now, settings, people } = bench
const desk = {
  db,
  person: { id: people[0]!, roles: ['clerk'] },
  settings: () => settings,
  host: { now: () => now },
} as unknown as Desk
const filterOf = (filter: object) => ReportFilter.parse({ view: 'all', ...filter })

function fill(): void {
  const started = performance.now()
  let page = 0
  let changes = []
  let left = count
  for (const pair of manyReports(count, resolve('resources'))) {
    changes.push(...pair)
    left -= 1
    if (changes.length < 4000 && left > 0) continue
    applyPage(
      db,
      { baseCursor: page === 0 ? null : `c${page}`, cursor: `c${++page}`, changes, more: left > 0 },
      () => ({ now, settings }),
    )
    changes = []
  }
  const seconds = (performance.now() - started) / 1000
  console.log(`${count} reports applied in ${seconds.toFixed(1)} s`)
}

function time(name: string, ask: () => unknown, runs = 20): void {
  const cpu = process.cpuUsage()
  const took = Array.from({ length: runs }, () => {
    const started = performance.now()
    ask()
    return performance.now() - started
  }).sort((a, b) => a - b)
  const { user, system } = process.cpuUsage(cpu)
  const each = ((user + system) / 1000 / runs).toFixed(2).padStart(8)
  const at = (share: number) => took[Math.min(runs - 1, Math.floor(runs * share))]!.toFixed(2).padStart(8)
  console.log(`${name.padEnd(44)} p50 ${at(0.5)}  p95 ${at(0.95)} ms  cpu ${each} ms each`)
}

const list = (filter: object) => () => listReports(desk, filterOf(filter))

try {
  fill()
  for (const view of InboxView.options) time(`view ${view} (${list({ view })().total})`, list({ view }))
  for (const sort of ReportFilter.shape.sort.unwrap().options)
    for (const view of ['all', 'closed']) time(`sort ${sort}, ${view}`, list({ sort, view }))
  const district = list({})().items[0]!.district
  time('one district', list({ districts: [district] }))
  time('district and two states', list({ districts: [district], states: ['disposed', 'verified'] }))
  for (const q of [
    'jalan',
    'ja',
    'lampu',
    'air kotor',
    'sekolah dasar',
    'perbaikan dra',
    'sp 2',
    'banjir',
    'rumah nomor 77',
    'zzzz',
    'status:disposisi jalan',
  ])
    time(`search "${q}" (${list({ q })().total})`, list({ q }))
  time('counts', () => inboxCounts(desk))
  const { id } = list({})().items[0]!
  time('open one report', () => reportDetail(desk, id))
} finally {
  closeDb(db)
  rmSync(folder, { recursive: true, force: true })
}
