/** What the journal costs an act: enqueue and draft saves with and without it, on a real disk. Printed, never judged. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { closeDb, openDb } from '../../electron/core/db/open.ts'
import { saveDraft } from '../../electron/core/commands/save-draft.ts'
import type { Desk } from '../../electron/core/desk.ts'
import { applyPage } from '../../electron/core/mirror/apply-change.ts'
import { settingsReader } from '../../electron/core/mirror/settings.ts'
import { enqueue } from '../../electron/core/outbox/enqueue.ts'
import { Journal } from '../../electron/core/outbox/journal.ts'
import { crashDevice } from '../crash/desk-at-work.ts'
import { fakeHost } from '../fakes/fake-host.ts'
import { idOf, officeChanges, people, reportChanges } from '../core/sample.ts'

const TIMES = Number(process.argv[2] ?? 400)
const base = process.argv[3] ?? '.'

function measure(withJournal: boolean): Record<string, string> {
  const dataDir = mkdtempSync(join(base, 'bench-journal-'))
  const host = fakeHost({ dataDir })
  const key = new Uint8Array(32)
  const db = openDb({ path: join(dataDir, 'desk.db'), key, create: true })
  if (withJournal) Journal.attach(db, { key, device: crashDevice.id, random: randomBytes })
  const settings = settingsReader(db)
  const changes = [...officeChanges(), ...Array.from({ length: 50 }, (_, i) => reportChanges(i + 1)).flat()]
  applyPage(db, { baseCursor: null, cursor: 'c', changes, more: false }, () => ({
    now: host.now(),
    settings: null,
  }))
  const desk: Desk = {
    db,
    host,
    settings,
    device: crashDevice,
    person: people.clerk,
    stale: () => {},
    wake: () => {},
  }
  const act = timed((i) => {
    const payload = { text: `catatan ${i} ${'x'.repeat(200)}` }
    enqueue(desk, { kind: 'report.note', reportId: idOf(1 + (i % 50)), baseVersion: 1, payload })
  })
  const draft = timed((i) => {
    const body = `naskah ${'kata '.repeat(300)}${i}`
    saveDraft(desk, { draftId: null, reportId: idOf(1), kind: 'final', body, attachments: [], replyId: null })
  })
  closeDb(db)
  rmSync(dataDir, { recursive: true })
  return { journal: withJournal ? 'with' : 'without', ...named('act', act), ...named('draft', draft) }
}

function timed(act: (i: number) => void): number[] {
  return Array.from({ length: TIMES }, (_, i) => {
    const startedAt = performance.now()
    act(i)
    return performance.now() - startedAt
  }).sort((a, b) => a - b)
}

const named = (name: string, sorted: number[]) =>
  Object.fromEntries(
    [50, 95].map((p) => [`${name} p${p} ms`, sorted[Math.floor((sorted.length * p) / 100)]!.toFixed(2)]),
  )

console.table([false, true, false, true].map(measure))
