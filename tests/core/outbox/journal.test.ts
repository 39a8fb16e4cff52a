import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { AppError } from '@shared/ipc/errors.ts'
import { discardDraft } from '../../../electron/core/commands/discard-draft.ts'
import { saveDraft } from '../../../electron/core/commands/save-draft.ts'
import { verifyAudit } from '../../../electron/core/audit/chain.ts'
import { backupDaily } from '../../../electron/core/db/backup.ts'
import { getMeta } from '../../../electron/core/db/meta.ts'
import { closeDb, openDb, type DeskDb } from '../../../electron/core/db/open.ts'
import { undo } from '../../../electron/core/outbox/decide.ts'
import { enqueue } from '../../../electron/core/outbox/enqueue.ts'
import { Journal, journalPath, type JournalReport } from '../../../electron/core/outbox/journal.ts'
import { crc32c, journalKey, scanFrames } from '../../../electron/core/outbox/journal-frame.ts'
import { confirmApplied, settle } from '../../../electron/core/outbox/settle.ts'
import { makeDesk, testDevice, testFolder, TEST_KEY, type TestDesk } from '../make-desk.ts'
import { idOf, reportChanges } from '../sample.ts'

const office = () => makeDesk({ changes: [...reportChanges(1), ...reportChanges(2)] })
const note = ({ desk }: TestDesk, text: string) =>
  enqueue(desk, { kind: 'report.note', reportId: idOf(1), baseVersion: 1, payload: { text } }).mutationId
const draft = ({ desk }: TestDesk, body: string, n = 1, draftId: string | null = null) =>
  saveDraft(desk, { draftId, reportId: idOf(n), kind: 'final', body, attachments: [], replyId: null }).id
const attach = (db: DeskDb): JournalReport =>
  Journal.attach(db, { key: TEST_KEY, device: testDevice.id, random: randomBytes }).report
/** A database that knows nothing, beside a copy of the journal. */
function fromJournal(source: TestDesk, change = (bytes: Buffer) => bytes) {
  const path = join(testFolder(), 'desk.db')
  writeFileSync(journalPath(path), change(readFileSync(journalPath(source.db.path))))
  const db = openDb({ path, key: TEST_KEY, create: true })
  const report = attach(db)
  const acts = db.all<{ id: string; state: string }>('SELECT id, state FROM outbox ORDER BY n')
  const drafts = db.all<{ body: string }>('SELECT body FROM drafts ORDER BY id').map((row) => row.body)
  return { db, report, acts, drafts, close: () => closeDb(db) }
}

test('CRC-32C of the standard check value', () => {
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283)
})

test('the journal alone gives back every act and draft as it was acknowledged last', () => {
  // Verifies SYNC-01, DRAFT-01
  const desk = office()
  const [a, b] = [note(desk, 'satu'), note(desk, 'dua')]
  const id = draft(desk, 'naskah')
  draft(desk, 'naskah panjang', 1, id)
  discardDraft(desk.desk, draft(desk, 'dibuang', 2))
  undo(desk.desk, b)
  const copy = fromJournal(desk)
  expect(copy.acts).toEqual([
    { id: a, state: 'queued' },
    { id: b, state: 'discarded' },
  ])
  expect(copy.drafts).toEqual(['naskah panjang'])
  expect(copy.report).toMatchObject({
    lost: 0,
    torn: 0,
    refused: 0,
    refilled: false,
    reports: [idOf(1), idOf(2)],
  })
  // The chain of acts comes along, so that it still ends where the hub anchored it.
  expect(verifyAudit(copy.db, null)).toMatchObject({ intact: true, entries: 4 })
  copy.close()
})

test('nobody reads words in it, and another device or key opens nothing', () => {
  const desk = office()
  note(desk, 'KANARI-RAHASIA')
  expect(readFileSync(journalPath(desk.db.path)).includes('KANARI')).toBe(false)
  const path = join(testFolder(), 'desk.db')
  writeFileSync(journalPath(path), readFileSync(journalPath(desk.db.path)))
  const db = openDb({ path, key: TEST_KEY, create: true })
  const { report } = Journal.attach(db, { key: TEST_KEY, device: idOf(0xee), random: randomBytes })
  expect(report.redone).toBe(0)
  expect(db.all('SELECT * FROM outbox')).toEqual([])
  closeDb(db)
})

test('a record that the database had not committed is redone, once', () => {
  // Verifies SYNC-01, SYNC-02
  const desk = office()
  note(desk, 'satu')
  const { path } = desk.db
  const before = readFileSync(path)
  const wal = readFileSync(`${path}-wal`)
  const id = note(desk, 'dua')
  const journal = readFileSync(journalPath(path))
  const folder = testFolder()
  const copy = join(folder, 'desk.db')
  writeFileSync(copy, before)
  writeFileSync(`${copy}-wal`, wal)
  writeFileSync(journalPath(copy), journal)
  const db = openDb({ path: copy, key: TEST_KEY, create: false })
  expect(db.all('SELECT id FROM outbox')).toHaveLength(1)
  expect(attach(db)).toMatchObject({ redone: 1, reports: [idOf(1)] })
  expect(db.all('SELECT id FROM outbox')).toContainEqual({ id })
  closeDb(db)
  const again = openDb({ path: copy, key: TEST_KEY, create: false })
  expect(attach(again)).toMatchObject({ redone: 0, refilled: false })
  expect(verifyAudit(again, null)).toMatchObject({ intact: true, entries: 2 })
  closeDb(again)
})

test('a torn tail is cut at any byte; what was flushed before it stays', () => {
  const desk = office()
  note(desk, 'satu')
  const whole = statSync(journalPath(desk.db.path)).size
  note(desk, 'dua')
  const full = statSync(journalPath(desk.db.path)).size
  for (let end = whole; end < full; end += 97) {
    const copy = fromJournal(desk, (bytes) => bytes.subarray(0, end))
    expect(copy.acts).toHaveLength(1)
    expect(copy.report).toMatchObject({ lost: 0, torn: end - whole })
    expect(statSync(journalPath(copy.db.path)).size).toBe(whole)
    copy.close()
  }
})

test('damage in the middle costs its record, is counted, and the framing is found again', () => {
  const desk = office()
  const sizes = [1, 2, 3, 4, 5].map((n) => {
    note(desk, `catatan ${n}`)
    return desk.journal.size
  })
  const copy = fromJournal(desk, (bytes) => {
    bytes.fill(0x55, sizes[0]! + 3, sizes[1]! + 10)
    return bytes
  })
  expect(copy.acts).toHaveLength(3)
  expect(copy.report).toMatchObject({ lost: 2, torn: 0 })
  copy.close()
  expect(existsSync(`${journalPath(copy.db.path)}.rusak`)).toBe(true)
  // Said once: the journal was written anew.
  const db = openDb({ path: copy.db.path, key: TEST_KEY, create: false })
  expect(attach(db).lost).toBe(0)
  closeDb(db)
})

test('every flipped bit is found', () => {
  const desk = office()
  note(desk, 'satu')
  note(desk, 'dua')
  const bytes = readFileSync(journalPath(desk.db.path))
  const seal = { key: journalKey(TEST_KEY, testDevice.id), device: testDevice.id }
  expect(scanFrames(bytes, seal)).toMatchObject({ end: bytes.length, damaged: [] })
  let found = 0
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    bytes[bit >> 3]! ^= 1 << (bit & 7)
    const { frames, end, damaged } = scanFrames(bytes, seal)
    if (frames.length === 1 && (damaged.length > 0 || end < bytes.length)) found++
    bytes[bit >> 3]! ^= 1 << (bit & 7)
  }
  expect(found).toBe(bytes.length * 8)
})

test('a journal of another key is kept whole beside the new one', () => {
  const desk = office()
  note(desk, 'satu')
  const bytes = readFileSync(journalPath(desk.db.path))
  const path = join(testFolder(), 'desk.db')
  writeFileSync(journalPath(path), bytes)
  const db = openDb({ path, key: TEST_KEY, create: true })
  const { report } = Journal.attach(db, {
    key: new Uint8Array(32),
    device: testDevice.id,
    random: randomBytes,
  })
  expect(report).toMatchObject({ lost: 1, redone: 0 })
  expect(readFileSync(`${journalPath(path)}.rusak`).equals(bytes)).toBe(true)
  closeDb(db)
})

test('a journal that is gone or too short is filled again from the database', () => {
  const desk = office()
  const ids = [note(desk, 'satu'), note(desk, 'dua')]
  const { path } = desk.db
  closeDb(desk.db)
  rmSync(journalPath(path))
  const db = openDb({ path, key: TEST_KEY, create: false })
  expect(attach(db)).toMatchObject({ refilled: true, redone: 0 })
  closeDb(db)
  const copy = fromJournal(desk)
  expect(copy.acts.map((act) => act.id)).toEqual(ids)
  copy.close()
})

test('an act whose commit fails leaves no record; one whose record fails is refused', () => {
  // Verifies SYNC-01
  const desk = office()
  note(desk, 'satu')
  const { size } = desk.journal
  const seq = getMeta(desk.db, 'journal_seq')
  desk.db.exec('PRAGMA max_page_count = 1')
  desk.db.pragma(`max_page_count = ${desk.db.pragma('page_count') as number}`)
  expect(() => draft(desk, 'x'.repeat(200_000))).toThrow(AppError)
  desk.db.pragma('max_page_count = 1073741823')
  expect([desk.journal.size, getMeta(desk.db, 'journal_seq')]).toEqual([size, seq])
  const other = fromJournal(desk)
  expect([other.acts.length, other.drafts.length]).toEqual([1, 0])
  other.close()
})

test('compaction keeps open work, forgets what was received, and still follows every kept copy', () => {
  const desk = office()
  const settled = note(desk, 'x'.repeat(4000))
  const open = note(desk, 'terbuka')
  const projection = { now: desk.host.now(), settings: desk.desk.settings() }
  const receipt = { mutationId: settled, outcome: 'applied', version: 2, reason: null, fields: null } as const
  desk.db.tx(() => {
    settle(desk.db, [receipt], projection)
    confirmApplied(desk.db, projection)
  })
  backupDaily(desk.db, '2026-02-01')
  for (let i = 0; i < 50; i++) draft(desk, `naskah ${'x'.repeat(i)}`, 1)
  const grown = desk.journal.size
  desk.journal.compact(desk.db)
  expect(desk.journal.size).toBeLessThan(grown / 8)
  const copy = fromJournal(desk)
  expect(copy.acts).toEqual([{ id: open, state: 'queued' }])
  expect(copy.drafts).toHaveLength(1)
  expect(copy.report).toMatchObject({ lost: 0, refilled: false })
  copy.close()
  const later = note(desk, 'sesudah')
  const second = fromJournal(desk)
  expect(second.acts.map((act) => act.id)).toEqual([open, later])
  second.close()
})
