import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sealedPath } from '../../../electron/core/archive/sealed-files.ts'
import { storeFile } from '../../../electron/core/archive/store-file.ts'
import { backupDaily, backupsOf } from '../../../electron/core/db/backup.ts'
import { enqueue } from '../../../electron/core/outbox/enqueue.ts'
import { FAKE_PASSWORD } from '../../fakes/fake-hub.ts'
import { idOf, people, reportOf, reportStateOf } from '../sample.ts'
import { clerksPc, type Pc } from './with-fake-hub.ts'

const clerk = { personId: people.clerk.id, password: FAKE_PASSWORD }
const note = (pc: Pc, text: string, n = 1) =>
  enqueue(pc.core.desk()!, { kind: 'report.note', reportId: idOf(n), baseVersion: 1, payload: { text } })
    .mutationId
const draft = (pc: Pc, body: string, n = 2) =>
  pc.call('drafts.save', {
    draftId: null,
    reportId: idOf(n),
    kind: 'final',
    body,
    attachments: [],
    replyId: null,
  })
const open = async (pc: Pc) => (await pc.call('sync.outbox', { open: true })).map((item) => item.id).sort()
const status = async (pc: Pc) => await pc.call('app.status', {})
const file = (pc: Pc) => join(pc.dataDir, 'desk.db')

/** Overwrites part of a file, as a dying disk does. */
function damage(path: string, from = 0.4, to = 1): Buffer {
  const bytes = readFileSync(path)
  bytes.fill(0x55, Math.floor(bytes.length * from), Math.floor(bytes.length * to))
  writeFileSync(path, bytes)
  return bytes
}

/** Work before the day's copy, work after it, and then a power cut. */
async function brokenPc() {
  const pc = await clerksPc()
  pc.link.up = false
  const acts = [note(pc, 'sebelum salinan')]
  const undone = enqueue(pc.core.desk()!, {
    kind: 'report.note',
    reportId: idOf(3),
    baseVersion: 1,
    payload: { text: 'dibatalkan' },
    holdMs: 10_000,
  }).mutationId
  await draft(pc, 'naskah lama', 3)
  backupDaily(pc.core.desk()!.db, '2026-02-01')
  acts.push(note(pc, 'sesudah salinan'))
  await pc.call('reports.undo', { mutationId: undone })
  await draft(pc, 'naskah sesudah salinan')
  await draft(pc, 'naskah lama, diteruskan', 3)
  pc.core.desk()!.db.pragma('wal_checkpoint(TRUNCATE)')
  const entries = (await pc.call('audit.verify', {})).entries
  pc.core.stop()
  writeFileSync(`${file(pc)}.open`, '')
  return { pc, acts, undone, entries }
}

test('rung 2: a damaged database comes back from the newest copy and the journal, without a hub', async () => {
  // Verifies SYNC-01, DRAFT-01, AUDIT-01
  const { pc, acts, undone, entries } = await brokenPc()
  const bytes = damage(file(pc))
  pc.hub.put('report', idOf(9), reportOf(9))
  pc.hub.put('report_state', idOf(9), reportStateOf(9))
  const later = pc.again()
  await later.call('session.signIn', clerk)
  expect(await open(later)).toEqual(acts.sort())
  expect((await later.call('drafts.mine', {})).map((one) => one.body).sort()).toEqual([
    'naskah lama, diteruskan',
    'naskah sesudah salinan',
  ])
  expect(await later.call('audit.verify', {})).toMatchObject({ intact: true, entries: entries + 1 })
  const { recovery } = await status(later)
  expect(recovery).toMatchObject({
    rung: 'copy',
    copyDay: '2026-02-01',
    acts: 2,
    drafts: 2,
    lost: 0,
    journal: true,
    missingFiles: 0,
    auditIntact: true,
  })
  expect(recovery?.redone).toBeGreaterThan(0)
  expect(recovery?.reports).toEqual(['PUPR-00001', 'PUPR-00002', 'PUPR-00003'])
  expect(readFileSync(join(pc.dataDir, recovery!.folder!, 'desk.db')).equals(bytes)).toBe(true)

  // Said until it was read, also after another start.
  later.core.stop()
  const third = later.again()
  await third.call('session.signIn', clerk)
  expect((await status(third)).recovery).toMatchObject({ rung: 'copy' })
  await third.call('setup.recoverySeen', {})
  expect((await status(third)).recovery).toBeNull()
  third.link.up = true
  expect(await third.call('sync.now', {})).toMatchObject({ phase: 'idle', mirroredReportCount: 4, queued: 0 })
  expect(third.hub.effects.map((effect) => effect.id).sort()).toEqual(acts)
  expect(third.hub.effects.map((effect) => effect.id)).not.toContain(undone)
})

test('rung 2 passes over a copy that is damaged itself; a missing file counts as damaged', async () => {
  const { pc, acts } = await brokenPc()
  writeFileSync(`${file(pc)}.backup-2026-02-02`, 'bukan basis data')
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file(pc)}${suffix}`, { force: true })
  const later = pc.again()
  await later.call('session.signIn', clerk)
  expect(await open(later)).toEqual(acts.sort())
  expect((await status(later)).recovery).toMatchObject({ rung: 'copy', copyDay: '2026-02-01', folder: null })
})

test('rung 3: without a good copy a person decides; journal and hub give everything back', async () => {
  // Verifies SYNC-01, SYNC-02, DRAFT-01
  const { pc, acts, undone } = await brokenPc()
  // Nothing in the database can be read, and the copies went with it.
  damage(file(pc), 0)
  for (const copy of backupsOf(file(pc))) damage(copy, 0)
  const later = pc.again()
  expect(await later.refusal('session.signIn', clerk)).toBe('db_corrupt')
  expect((await status(later)).phase).toBe('broken')
  await later.call('setup.rebuild', {})
  // A cut between the question and the next sign-in changes nothing.
  const third = later.again()
  await third.call('session.signIn', clerk)
  expect(await open(third)).toEqual(acts.sort())
  // Neither the damaged file nor a copy gave anything: the report must not say that all is here.
  expect((await status(third)).recovery).toMatchObject({
    rung: 'hub',
    acts: 2,
    drafts: 2,
    lost: 0,
    salvaged: false,
  })
  third.link.up = true
  await third.call('sync.now', {})
  expect((await third.call('drafts.mine', {})).map((one) => one.body)).toContain('naskah lama, diteruskan')
  expect(third.hub.effects.map((effect) => effect.id).sort()).toEqual(acts)
  expect(third.hub.effects.map((effect) => effect.id)).not.toContain(undone)
})

test('rung 3 without a journal: damaged file and copies together, and what a person gave up stays given up', async () => {
  const { pc, acts } = await brokenPc()
  const journal = join(pc.dataDir, 'desk.journal')
  rmSync(journal)
  damage(file(pc), 0)
  const later = pc.again()
  await later.call('session.signIn', clerk)
  // Only what the copy holds: the report says where it came from, and the damaged file is still there.
  expect(await open(later)).toContain(acts[0])
  expect(await open(later)).not.toContain(acts[1])
  const { recovery } = await status(later)
  expect(recovery).toMatchObject({ rung: 'copy', redone: 0, journal: false })
  expect(existsSync(join(pc.dataDir, recovery!.folder!, 'desk.db'))).toBe(true)
})

test('rung 3 with a damaged file that can still be read: what it holds comes over, and is not called lost', async () => {
  const { pc, acts, entries } = await brokenPc()
  for (const copy of backupsOf(file(pc))) damage(copy, 0)
  // Pages of the mirror: those of the schema lie at both ends of a young file.
  damage(file(pc), 0.55, 0.6)
  const later = pc.again()
  expect(await later.refusal('session.signIn', clerk)).toBe('db_corrupt')
  await later.call('setup.rebuild', {})
  const third = later.again()
  await third.call('session.signIn', clerk)
  expect(await open(third)).toEqual(acts.sort())
  expect((await status(third)).recovery).toMatchObject({ rung: 'hub', salvaged: true, lost: 0 })
  expect(await third.call('audit.verify', {})).toMatchObject({ intact: true, entries: entries + 1 })
})

test('a file of unsent work that the disk no longer gives is counted, so that a person attaches it again', async () => {
  const pc = await clerksPc()
  pc.link.up = false
  const desk = pc.core.desk()!
  const files = ['satu', 'dua'].map((text) =>
    storeFile(desk, { name: `${text}.png`, mime: 'image/png', bytes: Buffer.from(text) }, 'to_upload'),
  )
  const body = {
    draftId: null,
    reportId: idOf(1),
    kind: 'final',
    body: 'dengan lampiran',
    replyId: null,
  } as const
  await pc.call('drafts.save', { ...body, attachments: files })
  backupDaily(desk.db, '2026-02-01')
  note(pc, 'sesudah salinan')
  desk.db.pragma('wal_checkpoint(TRUNCATE)')
  pc.core.stop()
  writeFileSync(`${file(pc)}.open`, '')
  damage(file(pc))
  rmSync(sealedPath(pc.dataDir, files[0]!.sha256))
  damage(sealedPath(pc.dataDir, files[1]!.sha256), 0.9)
  const later = pc.again()
  await later.call('session.signIn', clerk)
  expect((await status(later)).recovery).toMatchObject({ rung: 'copy', drafts: 1, lost: 0, missingFiles: 2 })
})

test('damage that shows while someone works: the next sign-in climbs the ladder', async () => {
  const pc = await clerksPc()
  pc.link.up = false
  const kept = note(pc, 'kerja')
  const { db } = pc.core.desk()!
  backupDaily(db, '2026-02-01')
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.pragma('cache_size = 0')
  damage(file(pc), 0.1)
  const answers: string[] = []
  for (const method of ['drafts.mine', 'reports.counts', 'people.list', 'audit.verify'] as const)
    answers.push(await pc.refusal(method, {}))
  expect(answers).toContain('db_corrupt')
  expect((await status(pc)).phase).toBe('broken')
  await pc.call('setup.recheck', {})
  await pc.call('session.signIn', clerk)
  expect(await open(pc)).toEqual([kept])
  expect((await status(pc)).recovery).toMatchObject({ rung: 'copy', acts: 1, lost: 0 })
  expect(readdirSync(pc.dataDir).filter((name) => name.startsWith('rusak-'))).toHaveLength(1)
})
