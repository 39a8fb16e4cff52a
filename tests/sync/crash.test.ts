import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { verifyAudit } from '../../electron/core/audit/chain.ts'
import { getMeta } from '../../electron/core/db/meta.ts'
import { closeDb, openDb } from '../../electron/core/db/open.ts'
import { TEST_KEY, testFolder } from '../core/make-desk.ts'

const ALIAS = resolve(import.meta.dirname, '../support/shared-alias.mjs')
const CHILD = resolve(import.meta.dirname, 'crash-child.ts')

/** Runs the child until `kill` says so, ends it without warning, and answers what it had said by then. */
function killed(
  folder: string,
  task: 'save' | 'settle',
  kill: (lines: string[]) => boolean,
): Promise<string[]> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['--import', ALIAS, CHILD, folder, task], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    let complaint = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
      if (kill(said.split('\n').slice(0, -1))) child.kill('SIGKILL')
    })
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString('utf8')))
    child.on('exit', (code, signal) => {
      if (signal === 'SIGKILL') done(said.split('\n').slice(0, -1))
      else fail(new Error(`the child ended by itself (${code}): ${complaint.slice(0, 2000)}`))
    })
  })
}

const acks = (lines: string[]) => lines.filter((line) => line.startsWith('ack ')).map((line) => line.slice(4))
const reopened = (folder: string) =>
  openDb({ path: join(folder, 'desk.db'), key: TEST_KEY, create: false, keyProven: true })

test('a desk killed at any moment has lost nothing it had acknowledged', { timeout: 60_000 }, async () => {
  // Verifies SYNC-01
  const folder = testFolder()
  const acknowledged: string[] = []
  for (const after of [1, 7, 30, 80]) {
    acknowledged.push(...acks(await killed(folder, 'save', (lines) => lines.length >= after)))
    const db = reopened(folder)
    const kept = new Set(db.all<{ id: string }>('SELECT id FROM outbox').map((row) => row.id))
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
    // An act and its audit entry exist together or not at all.
    expect(verifyAudit(db, null)).toMatchObject({ intact: true, entries: kept.size })
    closeDb(db)
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(118)
})

test(
  'killed between receipt and commit: neither the receipt nor the page is half there',
  { timeout: 60_000 },
  async () => {
    // Verifies SYNC-02, SYNC-03
    const folder = testFolder()
    const lines = await killed(folder, 'settle', (said) => said.includes('now'))
    const db = reopened(folder)
    expect(getMeta(db, 'cursor')).toBe('c1')
    expect(db.get('SELECT count(*) AS n FROM m_reports')).toEqual({ n: 1 })
    expect(db.all('SELECT id, state, receipt FROM outbox')).toEqual([
      { id: acks(lines)[0], state: 'sending', receipt: null },
    ])
    closeDb(db)
  },
)
