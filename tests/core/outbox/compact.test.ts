import { copyFileSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sealedPath } from '../../../electron/core/archive/sealed-files.ts'
import { discardDraft } from '../../../electron/core/commands/discard-draft.ts'
import { draftLetter } from '../../../electron/core/commands/draft-letter.ts'
import { issueLetter } from '../../../electron/core/commands/issue-letter.ts'
import { letterPdf } from '../../../electron/core/commands/letter-pdf.ts'
import { saveDraft } from '../../../electron/core/commands/save-draft.ts'
import { backupDaily } from '../../../electron/core/db/backup.ts'
import { closeDb, openDb } from '../../../electron/core/db/open.ts'
import { undo } from '../../../electron/core/outbox/decide.ts'
import { enqueue } from '../../../electron/core/outbox/enqueue.ts'
import { Journal, journalPath } from '../../../electron/core/outbox/journal.ts'
import { sweepFiles } from '../../../electron/core/sync/housekeeping.ts'
import { answered, office, order } from '../commands/letter-office.ts'
import { leaseChange } from '../office.ts'
import { testDevice, testFolder, TEST_KEY } from '../make-desk.ts'
import { idOf } from '../sample.ts'

// Verifies SYNC-01: what a compacted journal still has to give when the database and every copy are gone.

test('a compacted journal keeps the key of an unfinished letter, so that its PDF can be read from it alone', async () => {
  const { t } = office(answered())
  const { id, sha256 } = await draftLetter(t.desk, order())
  backupDaily(t.db, '2026-02-01')
  backupDaily(t.db, '2026-02-02')
  t.journal.compact(t.db)
  const path = join(testFolder(), 'desk.db')
  copyFileSync(journalPath(t.db.path), journalPath(path))
  const db = openDb({ path, key: TEST_KEY, create: true })
  Journal.attach(db, { key: TEST_KEY, device: testDevice.id, random: randomBytes })
  const known =
    'SELECT hex(a.file_key) AS key FROM letters l JOIN attachments a USING (sha256) WHERE l.id = ?'
  expect(db.get(known, id)).toEqual(t.db.get(known, id))
  expect(sha256).not.toBeNull()
  closeDb(db)
})

test('a numbered letter stays in the journal until the hub has it: its number is not given out again', async () => {
  // Verifies LETT-01
  const { t } = office(answered(), [leaseChange(7, 9)])
  const draft = await draftLetter(t.desk, order())
  const { n } = await issueLetter(t.desk, draft.id)
  backupDaily(t.db, '2026-02-01')
  t.journal.compact(t.db)
  const path = join(testFolder(), 'desk.db')
  copyFileSync(journalPath(t.db.path), journalPath(path))
  const db = openDb({ path, key: TEST_KEY, create: true })
  Journal.attach(db, { key: TEST_KEY, device: testDevice.id, random: randomBytes })
  expect(db.all('SELECT id, n, state FROM letters')).toEqual([{ id: draft.id, n, state: 'issued' }])
  expect(db.get('SELECT 1 AS here FROM attachments WHERE file_key IS NOT NULL')).toEqual({ here: 1 })
  closeDb(db)
})

test('what leaves the journal is in the database itself, not only in its log: nothing given up comes back', () => {
  const { t } = office(answered(1, 'published'), answered(2, 'published'))
  const draftId = saveDraft(t.desk, {
    draftId: null,
    reportId: idOf(2),
    kind: 'final',
    body: 'dibuang',
    attachments: [],
    replyId: null,
  }).id
  const act = { kind: 'report.note', reportId: idOf(1), baseVersion: 1, payload: { text: 'batal' } } as const
  const { mutationId } = enqueue(t.desk, { ...act, holdMs: 10_000 })
  t.db.pragma('wal_checkpoint(TRUNCATE)')
  discardDraft(t.desk, draftId)
  undo(t.desk, mutationId)
  backupDaily(t.db, '2026-02-01')
  t.journal.compact(t.db)
  const path = join(testFolder(), 'alone.db')
  copyFileSync(t.db.path, path)
  const alone = openDb({ path, key: TEST_KEY, create: false, keyProven: true })
  expect(alone.all('SELECT id FROM drafts')).toEqual([])
  expect(alone.all('SELECT state FROM outbox')).toEqual([{ state: 'discarded' }])
  closeDb(alone)
})

test('an unfinished letter whose PDF cannot be read any more is rendered again', async () => {
  const { t, printed } = office(answered())
  const draft = await draftLetter(t.desk, order())
  await letterPdf(t.desk, draft.id)
  expect(printed).toHaveLength(1)
  rmSync(sealedPath(t.host.dataDir, draft.sha256!))
  expect((await letterPdf(t.desk, draft.id)).bytes.length).toBeGreaterThan(100)
  expect(printed).toHaveLength(2)
})

test('a file that was being written, or is wanted by nobody, is swept; a download that goes on stays', async () => {
  const { t } = office(answered())
  const { sha256 } = await draftLetter(t.desk, order())
  const wanted = 'a'.repeat(64)
  t.db.run(
    `INSERT INTO attachments (sha256, mime, size, name, state, added_at) VALUES (?, 'image/png', 9, 'a.png', 'wanted', 0)`,
    wanted,
  )
  const folder = join(sealedPath(t.host.dataDir, sha256!), '..')
  for (const name of [`${sha256}.part`, `${sha256}.unduh`, `${'b'.repeat(64)}.part`])
    writeFileSync(join(folder, name), 'sisa')
  writeFileSync(join(folder, `${wanted}.unduh`), 'mulai')
  expect(sweepFiles(t.db, t.host.dataDir)).toBe(3)
  expect(sweepFiles(t.db, t.host.dataDir)).toBe(0)
  expect(
    (await letterPdf(t.desk, t.db.get<{ id: string }>('SELECT id FROM letters')!.id)).bytes,
  ).toBeDefined()
})
