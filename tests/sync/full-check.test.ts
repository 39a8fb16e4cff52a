import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test, vi } from 'vitest'
import { checkInThread, type CheckFile } from '../../electron/core/db/check-thread.ts'
import type { DeskDb } from '../../electron/core/db/open.ts'
import { enqueue } from '../../electron/core/outbox/enqueue.ts'
import { clerksPc, type Pc } from '../core/accounts/with-fake-hub.ts'
import { idOf, people } from '../core/sample.ts'
import { FAKE_PASSWORD } from '../fakes/fake-hub.ts'

const MIN = 60_000
const DAY = 86_400_000
const clerk = { personId: people.clerk.id, password: FAKE_PASSWORD }
const inThread = checkInThread(resolve(import.meta.dirname, '../../electron/core/db/check-worker.ts'))

/** A thread as the app has it, and how often it was asked. */
function counting(checkFile: CheckFile = inThread) {
  const asked = { times: 0, stopped: 0 }
  const read: CheckFile = (path, key) => {
    asked.times++
    const check = checkFile(path, key)
    return {
      found: check.found,
      stop() {
        asked.stopped++
        check.stop()
      },
    }
  }
  return { asked, read }
}

const last = async (pc: Pc) => (await pc.call('sync.status', {})).fullCheck
const phase = async (pc: Pc) => (await pc.call('app.status', {})).phase
const db = (pc: Pc): DeskDb => pc.core.desk()!.db
const note = (pc: Pc, text: string) =>
  enqueue(pc.core.desk()!, { kind: 'report.note', reportId: idOf(1), baseVersion: 1, payload: { text } })
    .mutationId
const open = async (pc: Pc) => (await pc.call('sync.outbox', { open: true })).map((item) => item.id).sort()

/** One page of the file as it stands on the disk, at the root of a table or index. */
function pageOf(pc: Pc, name: string) {
  const size = db(pc).pragma('page_size') as number
  const { root } = db(pc).get<{ root: number }>(
    'SELECT rootpage AS root FROM sqlite_schema WHERE name = ?',
    name,
  )!
  const at = (root - 1) * size
  const onDisk = <T>(act: (file: number) => T): T => {
    const file = openSync(join(pc.dataDir, 'desk.db'), 'r+')
    try {
      return act(file)
    } finally {
      closeSync(file)
    }
  }
  return {
    read: () =>
      onDisk((file) => {
        const bytes = Buffer.alloc(size)
        readSync(file, bytes, 0, size, at)
        return bytes
      }),
    write: (bytes: Buffer) => onDisk((file) => writeSync(file, bytes, 0, size, at)),
  }
}

/** Lets minutes pass, in steps that leave the engine time to give up what it tries. */
async function pass(pc: Pc, minutes: number) {
  for (let i = 0; i < minutes * 12; i++) {
    pc.host.advance(MIN / 12)
    if ((await phase(pc)) !== 'ready') return
    await vi.waitFor(async () =>
      expect((await pc.call('sync.status', {})).phase).not.toMatch(/exchanging|resyncing/),
    )
  }
}

/** No link any more; the day's copy is made, and the desk has not been open long enough to be checked. */
async function atRest(pc: Pc) {
  pc.link.up = false
  await pc.call('sync.now', {})
  await pass(pc, 2)
}

test('SYNC-03: the whole database is read once a week, and the time of a good reading is kept', async () => {
  const { asked, read } = counting()
  const pc = await clerksPc({ checkFile: read })
  expect(await last(pc)).toBeNull()
  await atRest(pc)
  expect(asked.times).toBe(0)
  await pass(pc, 2)
  await vi.waitFor(async () => expect(await last(pc)).toMatchObject({ ok: true }))
  const { at } = (await last(pc))!
  expect(pc.host.now() - at).toBeLessThan(MIN)

  await pc.call('session.signOut', {})
  pc.host.advance(7 * DAY - 10 * MIN)
  await pc.call('session.signIn', clerk)
  await pass(pc, 6)
  expect(await last(pc)).toEqual({ at, ok: true })
  expect(asked.times).toBe(1)
  await pass(pc, 6)
  await vi.waitFor(async () => expect((await last(pc))?.at).toBeGreaterThanOrEqual(at + 7 * DAY))
  expect(asked.times).toBe(2)
})

test('SYNC-03: a page that went bad where no work looks is found, and the ladder gives the work back', async () => {
  const { read } = counting()
  const pc = await clerksPc({ checkFile: read })
  await atRest(pc)
  const acts = [note(pc, 'sesudah salinan')]
  db(pc).pragma('wal_checkpoint(TRUNCATE)')
  const page = pageOf(pc, 'm_reports')
  const bytes = page.read()
  bytes[2000]! ^= 0x10
  page.write(bytes)
  // The core has the page in its memory: neither daily work nor its own check sees the disk.
  expect((await pc.call('reports.list', { view: 'all' })).items).toHaveLength(3)
  expect(db(pc).pragma('quick_check(1)')).toBe('ok')

  await pass(pc, 2)
  await vi.waitFor(async () => expect(await phase(pc)).toBe('broken'))
  expect((await pc.call('app.status', {})).problem?.code).toBe('db_corrupt')
  const later = pc.again()
  await later.call('session.signIn', clerk)
  expect(await open(later)).toEqual(acts)
  expect((await later.call('app.status', {})).recovery).toMatchObject({ rung: 'copy', acts: 1, lost: 0 })
  expect((await later.call('reports.list', { view: 'all' })).items).toHaveLength(3)
  // The restored file has not been read yet.
  expect(await last(later)).toBeNull()
})

test('SYNC-03: an index that lost a write is found, though each page is sound, and opening again does not pass it', async () => {
  const { read } = counting()
  const pc = await clerksPc({ checkFile: read })
  await atRest(pc)
  const page = pageOf(pc, 'outbox_by_report')
  db(pc).pragma('wal_checkpoint(TRUNCATE)')
  const stale = page.read()
  const act = note(pc, 'yang hilang dari indeks')
  db(pc).pragma('wal_checkpoint(TRUNCATE)')
  expect(page.read().equals(stale)).toBe(false)
  page.write(stale)

  await pass(pc, 2)
  await vi.waitFor(async () => expect(await phase(pc)).toBe('broken'))
  const later = pc.again()
  await later.call('session.signIn', clerk)
  expect(await open(later)).toEqual([act])
  expect((await later.call('app.status', {})).recovery).toMatchObject({ rung: 'copy', acts: 1, lost: 0 })
  expect(db(later).pragma('integrity_check')).toBe('ok')
})

test('SYNC-03: a reading that was cut off is given up and starts anew; it counts for nothing', async () => {
  const { asked, read } = counting(() => ({ found: new Promise(() => {}), stop: () => {} }))
  const pc = await clerksPc({ checkFile: read })
  await atRest(pc)
  await pass(pc, 2)
  expect(asked).toEqual({ times: 1, stopped: 0 })
  // While a reader holds the log, nobody waits for it to be emptied.
  await pass(pc, 10)
  expect(asked.times).toBe(1)
  await pc.call('session.signOut', {})
  expect(asked).toEqual({ times: 1, stopped: 1 })
  expect(pc.host.timers()).toBe(0)

  await pc.call('session.signIn', clerk)
  expect(await last(pc)).toBeNull()
  await pass(pc, 5)
  expect(asked.times).toBe(2)
})

test('a thread that cannot start is no damage: the desk works on and tries again after an hour', async () => {
  const { asked, read } = counting(checkInThread(resolve(import.meta.dirname, 'tidak-ada.js')))
  const pc = await clerksPc({ checkFile: read })
  await atRest(pc)
  await pass(pc, 2)
  await vi.waitFor(() => expect(pc.host.logs.some((line) => line.event === 'full_check_failed')).toBe(true))
  expect([await phase(pc), await last(pc)]).toEqual(['ready', null])
  await pass(pc, 50)
  expect(asked.times).toBe(1)
  await pass(pc, 12)
  expect(asked.times).toBe(2)
})
