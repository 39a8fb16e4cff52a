import { existsSync, readdirSync, readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { applyKey } from '../../../electron/core/db/cipher.ts'
import { expect, test } from 'vitest'
import { storeFile } from '../../../electron/core/archive/store-file.ts'
import { writePart } from '../../../electron/core/archive/part-file.ts'
import { partPath, sealedPath, removeSealed } from '../../../electron/core/archive/sealed-files.ts'
import { saveDraft } from '../../../electron/core/commands/save-draft.ts'
import { getMeta } from '../../../electron/core/db/meta.ts'
import { applyPage } from '../../../electron/core/mirror/apply-change.ts'
import { purgeSearch } from '../../../electron/core/mirror/search-index.ts'
import { enqueue } from '../../../electron/core/outbox/enqueue.ts'
import { journalPath } from '../../../electron/core/outbox/journal.ts'
import { journalKey, scanFrames } from '../../../electron/core/outbox/journal-frame.ts'
import { makeDesk, TEST_KEY, type TestDesk } from '../make-desk.ts'
import { idOf, people, removalOf, reportChanges, reportOf, changeOf } from '../sample.ts'

const CANARY = 'KANARI9109112345670001'

const removeReport = ({ db, host, desk }: TestDesk, id: string) => {
  const page = { baseCursor: getMeta(db, 'cursor'), cursor: 'gone', changes: [removalOf(id)], more: false }
  const applied = applyPage(db, page, () => ({ now: host.now(), settings: desk.settings() }))
  for (const sha256 of applied!.files) removeSealed(host.dataDir, sha256)
  purgeSearch(db)
}

/** Every page of the database as it lies on the disk, decrypted. */
function plainBytes(path: string): Buffer {
  const handle = new Database(path)
  applyKey(handle, TEST_KEY)
  const bytes = handle.serialize()
  handle.close()
  return bytes
}

test('a report taken away leaves no word of the citizen in any byte of the files', () => {
  // Verifies SYNC-06
  const office = makeDesk({
    changes: Array.from({ length: 30 }, (_, n) => reportChanges(n + 10)).flat(),
  })
  const { db, feed } = office
  feed([
    ...reportChanges(1, {
      body: `Nomor saya ${CANARY}`,
      reporter: { name: CANARY, phone: CANARY, email: null },
    }),
    changeOf('entry', idOf(0xe1), {
      id: idOf(0xe1),
      reportId: idOf(1),
      kind: 'citizen',
      action: 'citizen_message',
      actorId: null,
      actorName: null,
      text: `lagi ${CANARY}`,
      data: {},
      at: 1,
    }),
  ])
  db.pragma('wal_checkpoint(TRUNCATE)')
  const lower = Buffer.from(CANARY.toLowerCase())
  expect(plainBytes(db.path).includes(CANARY)).toBe(true)
  expect(plainBytes(db.path).includes(lower)).toBe(true)
  removeReport(office, idOf(1))
  db.pragma('wal_checkpoint(TRUNCATE)')
  expect(plainBytes(db.path).includes(CANARY)).toBe(false)
  expect(plainBytes(db.path).includes(lower)).toBe(false)
  for (const name of readdirSync(office.host.dataDir))
    if (name.startsWith('desk.db'))
      expect(readFileSync(`${office.host.dataDir}/${name}`).includes(CANARY)).toBe(false)
  expect(db.get('SELECT count(*) AS n FROM report_current')).toEqual({ n: 30 })
})

test('its files go with their keys, unless something else needs them', () => {
  // Verifies SYNC-06
  const office = makeDesk()
  const { db, host, feed } = office
  const photo = (text: string) =>
    storeFile({ db, host }, { name: 'a.jpg', mime: 'image/jpeg', bytes: Buffer.from(text) }, 'here')
  const [own, shared, kept] = [photo('own'), photo('shared'), photo('kept')]
  feed([
    ...reportChanges(1, { attachments: [own, shared, kept] }),
    ...reportChanges(2, { attachments: [shared] }),
  ])
  db.run(
    `INSERT INTO drafts (id, report_id, kind, body, attachments, author_id, saved_at, report_number, report_subject)
     VALUES (?, ?, 'final', 'x', ?, ?, 0, '', '')`,
    idOf(9),
    idOf(1),
    JSON.stringify([kept]),
    people.clerk.id,
  )
  removeReport(office, idOf(1))
  expect(existsSync(sealedPath(host.dataDir, own.sha256))).toBe(false)
  expect(existsSync(sealedPath(host.dataDir, shared.sha256))).toBe(true)
  expect(existsSync(sealedPath(host.dataDir, kept.sha256))).toBe(true)
  expect(db.all('SELECT sha256 FROM attachments ORDER BY sha256')).toEqual(
    [shared, kept].map(({ sha256 }) => ({ sha256 })).sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)),
  )
})

test('drafts, waiting acts and the audit trail stay', () => {
  // Verifies SYNC-06, SYNC-01
  const office = makeDesk({ changes: reportChanges(1) })
  const { db, desk } = office
  enqueue(desk, { kind: 'report.note', reportId: idOf(1), baseVersion: 1, payload: { text: 'catatan' } })
  db.run(
    `INSERT INTO drafts (id, report_id, kind, body, attachments, author_id, saved_at, report_number, report_subject)
     VALUES (?, ?, 'final', 'naskah', '[]', ?, 0, ?, '')`,
    idOf(9),
    idOf(1),
    people.clerk.id,
    reportOf(1).number,
  )
  removeReport(office, idOf(1))
  expect(db.get('SELECT body, report_number AS number FROM drafts')).toEqual({
    body: 'naskah',
    number: 'PUPR-00001',
  })
  expect(db.get('SELECT state FROM outbox')).toEqual({ state: 'queued' })
  expect(db.get('SELECT count(*) AS n FROM audit')).toEqual({ n: 1 })
})

test('nor in what hangs on it: unreadable rows, settled acts, unnumbered letters, labels of drafts, parts of files, the journal', () => {
  // Verifies SYNC-06, DRAFT-01, LETT-01
  const office = makeDesk({ changes: reportChanges(2) })
  const { db, host, desk, feed, journal } = office
  const photo = { sha256: 'ab'.repeat(32), mime: 'image/jpeg' as const, size: 9, name: `${CANARY}.jpg` }
  feed([
    ...reportChanges(1, { subject: CANARY, attachments: [photo] }),
    changeOf('entry', idOf(0xe2), { reportId: idOf(1), text: CANARY, kind: 7 }),
  ])
  expect(db.get('SELECT count(*) AS n FROM m_quarantine')).toEqual({ n: 1 })
  writePart(host.dataDir, photo.sha256, host.random(32), 0, Buffer.from(CANARY))
  enqueue(desk, { kind: 'report.note', reportId: idOf(1), baseVersion: 1, payload: { text: CANARY } })
  db.run(`UPDATE outbox SET state = 'applied', settled_seq = n`)
  const sheet = storeFile(
    { db, host },
    { name: 'd.pdf', mime: 'application/pdf', bytes: Buffer.from(CANARY) },
    'here',
  )
  const addLetter = (id: string, n: number | null) =>
    db.run(
      `INSERT INTO letters (id, kind, state, report_id, register_id, year, n, date, subject, addressee, paper, profile,
         date_chosen, sha256, created_at) VALUES (?, 'reply', ?, ?, 'keluar', 2026, ?, '2026-02-02', ?, ?, 'A4', '{}', 0, ?, 0)`,
      id,
      n === null ? 'draft' : 'issued',
      idOf(1),
      n,
      n === null ? CANARY : 'Jawaban',
      n === null ? CANARY : 'Warga',
      n === null ? sheet.sha256 : null,
    )
  addLetter(idOf(0x51), null)
  addLetter(idOf(0x52), 7)
  const draft = { draftId: null, kind: 'final' as const, attachments: [], replyId: null }
  saveDraft(desk, { ...draft, reportId: idOf(1), body: 'naskah saya' })
  removeReport(office, idOf(1))
  journal.compact(db)
  db.pragma('wal_checkpoint(TRUNCATE)')
  expect(plainBytes(db.path).includes(CANARY)).toBe(false)
  const frames = scanFrames(readFileSync(journalPath(db.path)), {
    key: journalKey(TEST_KEY, desk.device.id),
    device: desk.device.id,
  }).frames
  expect(frames.some(({ content }) => content.includes(CANARY))).toBe(false)
  expect(frames.some(({ content }) => content.includes('naskah saya'))).toBe(true)
  for (const hash of [photo.sha256, sheet.sha256])
    for (const path of [sealedPath(host.dataDir, hash), partPath(host.dataDir, hash)])
      expect(existsSync(path)).toBe(false)
  expect(db.all('SELECT id, n FROM letters')).toEqual([{ id: idOf(0x52), n: 7 }])
  expect(db.get('SELECT body, report_number AS number, report_subject AS subject FROM drafts')).toEqual({
    body: 'naskah saya',
    number: 'PUPR-00001',
    subject: '',
  })
  expect(db.get('SELECT count(*) AS n FROM audit')).toEqual({ n: 1 })
})
