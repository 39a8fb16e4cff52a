import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { explainFailure } from '../../electron/hub/failures.ts'
import { createIds } from '../../electron/hub/ids.ts'
import { createHub } from '../../electron/hub/index.ts'
import { MiniDesk, sha256, VERIFY } from './mini-desk.ts'
import { PEOPLE } from './small-regency.ts'
import { startHub, testClock, type TestHub } from './start-hub.ts'

const CACHE = resolve(import.meta.dirname, '../../.cache/hub-template')
const DAY = 86_400_000
const { clerk, supervisor, second } = PEOPLE
let t: TestHub
beforeEach(async () => {
  t = await startHub()
})
afterEach(() => t.stop())

async function moved(desk: MiniDesk): Promise<string> {
  const number = await t.report()
  await desk.sync()
  const { id } = desk.report(number)
  await desk.act('report.propose_referral', clerk.id, id, { agencyId: 'DLH', reason: 'sampah' })
  await desk.act('report.approve_proposal', supervisor.id, id, {})
  return id
}

// Verifies SYNC-06
test('old tombstones go once every active PC has passed them; an older cursor must resync and ends equal', async () => {
  const desk = await MiniDesk.at(t, 'PUPR', clerk.id, supervisor.id)
  const sleeper = await MiniDesk.at(t, 'PUPR')
  const number = await t.report()
  await sleeper.sync()
  expect(sleeper.report(number)).toBeDefined()
  await desk.sync()
  const { id } = desk.report(number)
  await desk.act('report.propose_referral', clerk.id, id, { agencyId: 'DLH', reason: 'sampah' })
  await desk.act('report.approve_proposal', supervisor.id, id, {})
  await desk.sync()
  t.clock.advance(91 * DAY)
  await t.hub.tidy()
  const compacted = () => t.log.filter((l) => l['job'] === 'compact_feeds').map((l) => l['count'])
  expect(compacted()).toEqual([0])
  await sleeper.sync()
  await sleeper.sync()
  expect(sleeper.removed).toEqual([id])
  await t.hub.tidy()
  expect(compacted()).toEqual([0, 1])
  const old = await sleeper.device.exchange([], '1.3.0')
  expect(old).toMatchObject({ resync: 'cursor_too_old', changes: [] })
  const fresh = await MiniDesk.at(t, 'PUPR')
  await fresh.sync([], 4)
  await desk.sync()
  expect([...fresh.rows.keys()].sort()).toEqual([...desk.rows.keys()].sort())
  expect(fresh.removed).toEqual([])
})

test('a snapshot that began before a purge is not thrown away half-way', async () => {
  const desk = await MiniDesk.at(t, 'PUPR', clerk.id, supervisor.id)
  await moved(desk)
  await desk.sync()
  t.clock.advance(91 * DAY)
  await t.hub.tidy()
  const fresh = await MiniDesk.at(t, 'PUPR')
  const first = await fresh.device.exchange([], null, 5)
  expect(first).toMatchObject({ more: true, resync: null })
  expect(await fresh.device.exchange([], first.cursor, 5)).toMatchObject({ resync: null })
})

test('a hub restored from a backup has a new epoch each time, even from the same backup, and desks start over', async () => {
  // Verifies SYNC-03
  const desk = await MiniDesk.at(t, 'PUPR', clerk.id)
  await desk.sync()
  const before = desk.cursor
  await t.hub.close()
  const backup = mkdtempSync(join(tmpdir(), 'meja-backup-'))
  cpSync(t.dataDir, backup, { recursive: true })
  const epochs: number[] = []
  for (let i = 0; i < 2; i++) {
    rmSync(t.dataDir, { recursive: true, force: true })
    cpSync(backup, t.dataDir, { recursive: true })
    const hub = await createHub({
      dataDir: t.dataDir,
      cacheDir: CACHE,
      clock: t.clock.now,
      random: (n) => randomBytes(n),
      restored: true,
    })
    await hub.close()
    await t.restartFromClosed()
    const answer = await desk.device.exchange([], before)
    expect(answer).toMatchObject({ resync: 'other_epoch' })
    epochs.push(answer.epoch)
    if (i === 0) await t.hub.close()
  }
  rmSync(backup, { recursive: true, force: true })
  expect(new Set([1, ...epochs]).size).toBe(3)
})

test('files of a published answer are public, those of any other are not', async () => {
  const desk = await MiniDesk.at(t, 'PUPR', clerk.id, supervisor.id, second.id)
  const pdf = Buffer.from('%PDF-1.7 lampiran')
  const file = {
    sha256: sha256(pdf),
    mime: 'application/pdf',
    size: pdf.length,
    name: 'lampiran.pdf',
  } as const
  await desk.device.call(`attachments/${file.sha256}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/pdf' },
    body: new Uint8Array(pdf),
  })
  const number = await t.report()
  await desk.sync()
  const { id } = desk.report(number)
  await desk.act('report.verify', clerk.id, id, VERIFY)
  const answer = desk.answer(id, 'Lihat lampiran.', 'final', undefined, [file])
  await desk.act('reply.submit', clerk.id, id, answer)
  const url = `${t.url}/open311/v2/media/${file.sha256}`
  expect((await fetch(url)).status).toBe(404)
  const { replyId, hash, reportVersion } = answer
  expect(await desk.act('reply.approve', supervisor.id, id, { replyId, hash, reportVersion })).toMatchObject({
    outcome: 'applied',
  })
  const updates = (await (await fetch(`${t.url}/open311/v2/servicerequestupdates.json`)).json()) as {
    media_url: string
  }[]
  expect(updates.map((u) => u.media_url)).toEqual([url])
  expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(pdf)
  await desk.act('report.set_flags', clerk.id, id, { confidential: true })
  expect((await fetch(url)).status).toBe(404)
})

test('a folder that cannot be used is explained and left as it is', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'meja-broken-'))
  const open = (dataDir: string) =>
    createHub({ dataDir, cacheDir: CACHE, clock: Date.now, random: (n) => randomBytes(n) }).then(
      () => null,
      (error: unknown) => explainFailure(error).code,
    )
  try {
    writeFileSync(join(dir, 'file'), 'x')
    expect(await open(join(dir, 'file'))).toBe('folder_unwritable')
    await t.hub.close()
    for (const [name, damaged] of [
      ['a', 'global/pg_control'],
      ['b', 'PG_VERSION'],
    ] as const) {
      cpSync(t.dataDir, join(dir, name), { recursive: true })
      writeFileSync(join(dir, name, 'db', damaged), 'rusak')
      expect(await open(join(dir, name)), damaged).toBe('database_corrupt')
    }
    rmSync(join(dir, 'b/db/PG_VERSION'))
    expect(await open(join(dir, 'b'))).toBe('database_corrupt')
    await t.restartFromClosed()
    if (process.getuid?.() === 0) return
    chmodSync(dir, 0o500)
    expect(await open(join(dir, 'new'))).toBe('folder_unwritable')
  } finally {
    chmodSync(dir, 0o700)
    rmSync(dir, { recursive: true, force: true })
  }
})

test('ids rise strictly, also within a millisecond and when the clock steps back', () => {
  const clock = testClock()
  const newId = createIds(clock.now, (n) => randomBytes(n))
  const ids = Array.from({ length: 10_000 }, (_, i) => {
    if (i === 5000) clock.advance(-60_000)
    return newId()
  })
  expect(ids).toEqual(ids.toSorted())
  expect(new Set(ids).size).toBe(ids.length)
})
