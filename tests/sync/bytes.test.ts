import { createHash } from 'node:crypto'
import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { partLength, writePart } from '../../electron/core/archive/part-file.ts'
import { readAttachment } from '../../electron/core/archive/read-file.ts'
import { partPath, removeSealed } from '../../electron/core/archive/sealed-files.ts'
import { FetchError, type FetchRequest } from '../../electron/core/host.ts'
import { httpHubClient, httpHubDoor } from '../../electron/core/hub-client/http.ts'
import { wantFiles } from '../../electron/core/mirror/attachment-refs.ts'
import {
  allowFiles,
  ASK_FROM_BYTES,
  bytesStatus,
  pausedBy,
  setDailyLimit,
  spend,
} from '../../electron/core/sync/budget.ts'
import type { SyncContext } from '../../electron/core/sync/context.ts'
import { download } from '../../electron/core/sync/download.ts'
import { learnChangeBytes } from '../../electron/core/hub-client/pace.ts'
import { pageSize, PAGE_CHANGES } from '../../electron/core/sync/page-size.ts'
import { sweepFiles } from '../../electron/core/sync/housekeeping.ts'
import { makeDesk } from '../core/make-desk.ts'
import { idOf, reportChanges } from '../core/sample.ts'
import { noisePng } from '../fixtures/pictures.ts'
import { nodeFetch } from '../fakes/node-fetch.ts'
import { startHub } from '../hub/start-hub.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** A desk beside a real hub, over a link that a test can cut after so many requests of a kind. */
async function linked() {
  const hub = await startHub()
  onTestFinished(() => hub.stop())
  const link = { cutAfter: Infinity, requests: [] as FetchRequest[] }
  const fetch = async (request: FetchRequest) => {
    if (link.requests.length >= link.cutAfter) throw new FetchError('unreachable', 'cut')
    link.requests.push(request)
    return nodeFetch(request)
  }
  const office = makeDesk({ fetch, changes: reportChanges(1) })
  const { host, db } = office
  const given = await httpHubDoor(host, hub.url).enrol(await hub.code('PUPR'), 'PC')
  const access = { url: hub.url, hubId: given.hubId, deviceToken: given.deviceToken }
  const projection = () => ({ now: host.now(), settings: office.desk.settings() })
  const ctx = (): SyncContext => ({
    db,
    host,
    client: httpHubClient(host, access),
    carrier: 'https',
    projection,
    stale: (topics) => host.stale(topics),
  })
  const cut = (after: number) => {
    link.requests.length = 0
    link.cutAfter = after
  }
  return { ...office, hub, link, cut, ctx }
}

const want = (db: SyncContext['db'], bytes: Buffer, size = bytes.length) => {
  const ref = { sha256: sha256(bytes), mime: 'image/png' as const, size, name: 'foto.png' }
  wantFiles(db, idOf(1), [ref])
  return ref
}

// Verifies SYNC-01 (P21)
test('an upload cut off anywhere goes on where it was, after a restart too', async () => {
  const { ctx, cut, link, host } = await linked()
  const bytes = noisePng(700_000)
  const hash = sha256(bytes)
  cut(4)
  await expect(ctx().client.putAttachment(hash, bytes)).rejects.toMatchObject({ code: 'hub_unreachable' })
  const before = link.requests.filter(({ method }) => method === 'PATCH').length
  expect(before).toBe(2)
  cut(Infinity)
  await ctx().client.putAttachment(hash, bytes)
  const patches = link.requests.filter(({ method }) => method === 'PATCH')
  expect(patches[0]!.headers['upload-offset']).toBe(String(2 * 131_072))
  expect(patches.reduce((sum, { body }) => sum + body!.length, 0)).toBe(bytes.length - 2 * 131_072)
  expect(Buffer.from(await ctx().client.getAttachment(hash)).equals(bytes)).toBe(true)
  // Again: the hub has it, nothing travels.
  cut(Infinity)
  await ctx().client.putAttachment(hash, bytes)
  expect(link.requests.map(({ method }) => method)).toEqual(['HEAD'])
  expect(host.logs).toEqual([])
})

test('a hub without resumable uploads gets the file whole', async () => {
  const { ctx, host } = await linked()
  const bytes = noisePng(300_000)
  const methods: string[] = []
  const fetch = host.fetch
  host.fetch = async (request) => {
    methods.push(request.method)
    return request.url.includes('/uploads') ? { ...(await fetch(request)), status: 404 } : fetch(request)
  }
  await ctx().client.putAttachment(sha256(bytes), bytes)
  expect(methods).toEqual(['HEAD', 'POST', 'PUT'])
})

// Verifies SYNC-05 (P21)
test('a download cut off anywhere goes on where it was; only the whole, right file counts', async () => {
  const { ctx, cut, link, db, host, desk } = await linked()
  const bytes = noisePng(500_000)
  const ref = want(db, bytes)
  await ctx().client.putAttachment(ref.sha256, bytes)
  cut(2)
  await expect(download(ctx(), ref)).rejects.toMatchObject({ code: 'hub_unreachable' })
  const path = partPath(host.dataDir, ref.sha256)
  const part = readFileSync(path)
  expect(part.length).toBe(2 * 131_072)
  // Verifies PRIV-01: what lies on the disk is not the picture.
  expect(part.includes(bytes.subarray(0, 8))).toBe(false)
  expect(readAttachment(desk, ref.sha256)).toBeNull()
  expect(sweepFiles(db, host.dataDir)).toBe(0)
  // A power cut in the middle of the last write: the tail goes, the rest stays.
  truncateSync(path, 200_001)
  cut(Infinity)
  expect(await download(ctx(), ref)).toBe('here')
  expect(link.requests[0]!.headers['range']).toMatch(/^bytes=200001-/)
  expect(Buffer.from(readAttachment(desk, ref.sha256)!.bytes).equals(bytes)).toBe(true)
  expect(existsSync(path)).toBe(false)
  expect(bytesStatus(ctx())).toMatchObject({ filesWaiting: 0, todayFiles: expect.any(Number) as number })
})

test('a damaged part is never believed: the file comes anew', async () => {
  const { ctx, cut, db, host, desk } = await linked()
  const bytes = noisePng(300_000)
  const ref = want(db, bytes)
  await ctx().client.putAttachment(ref.sha256, bytes)
  cut(1)
  await expect(download(ctx(), ref)).rejects.toThrow()
  const path = partPath(host.dataDir, ref.sha256)
  const part = readFileSync(path)
  part[70_000]! ^= 1
  writeFileSync(path, part)
  cut(Infinity)
  expect(await download(ctx(), ref)).toBe('refused')
  expect(existsSync(path)).toBe(false)
  expect(await download(ctx(), ref)).toBe('here')
  expect(Buffer.from(readAttachment(desk, ref.sha256)!.bytes).equals(bytes)).toBe(true)
})

test('a file that is not what the report says is left; what nobody wants any more is swept', async () => {
  const { ctx, cut, db, host } = await linked()
  const bytes = noisePng(300_000)
  await ctx().client.putAttachment(sha256(bytes), bytes)
  const lied = want(db, bytes, 999)
  expect(await download(ctx(), lied)).toBe('refused')
  db.run('DELETE FROM attachments')
  const ref = want(db, bytes)
  let pieces = 0
  expect(await download(ctx(), ref, () => pieces++ < 1)).toBe('left')
  expect(existsSync(partPath(host.dataDir, ref.sha256))).toBe(true)
  db.run('DELETE FROM attachments')
  expect(sweepFiles(db, host.dataDir)).toBe(1)
  const again = want(db, bytes)
  cut(1)
  await expect(download(ctx(), again)).rejects.toThrow()
  removeSealed(host.dataDir, again.sha256)
  expect(existsSync(partPath(host.dataDir, again.sha256))).toBe(false)
})

test('pages follow the link: ten seconds at most, whatever it is', () => {
  const link = (downBps: number | null, changeBytes: number | null) => ({
    rttMs: 600,
    upBps: null,
    downBps,
    changeBytes,
  })
  expect(pageSize(link(null, null), true).maxChanges).toBe(150)
  expect(pageSize(link(1e9, 250), false).maxChanges).toBe(PAGE_CHANGES)
  expect(pageSize(link(10, 250), false).maxChanges).toBe(20)
  for (const bps of [2000, 8000, 32_000, 500_000])
    for (const cost of [50, 250, 1200]) {
      const { maxChanges, maxBytes } = pageSize(link(bps, cost), false)
      if (maxChanges > 20) expect((maxChanges * cost) / bps).toBeLessThanOrEqual(10)
      expect(maxBytes / bps).toBeLessThanOrEqual(Math.max(10, 4096 / bps))
      // Until a clerk can begin, pages are shorter still.
      expect(pageSize(link(bps, cost), true).maxBytes).toBeLessThanOrEqual(Math.max(4096, 2 * bps))
    }
  expect(learnChangeBytes(null, 1000, 5)).toBeNull()
  expect(learnChangeBytes(100, 100_000, 100)).toBe(1000)
  expect(learnChangeBytes(1000, 10_000, 100)).toBeCloseTo(730)
})

test('text is never held back; pictures wait for the day’s budget or a person’s word', () => {
  const now = { text: 0, files: 0, allowed: false, limit: 100, waitingBytes: 10, carrier: 'https' as const }
  expect(pausedBy(now)).toBeNull()
  expect(pausedBy({ ...now, text: 80 })).toBe('budget')
  expect(pausedBy({ ...now, files: 79 })).toBeNull()
  expect(pausedBy({ ...now, text: 999, limit: null })).toBeNull()
  expect(pausedBy({ ...now, waitingBytes: ASK_FROM_BYTES + 1 })).toBe('ask')
  for (const free of [{ allowed: true }, { carrier: 'practice' as const }, { waitingBytes: 0 }])
    expect(pausedBy({ ...now, text: 999, ...free })).toBeNull()
})

test('the day’s bytes are counted by the office’s day, and permission ends with it', () => {
  const { db, host, desk } = makeDesk({ changes: reportChanges(1) })
  const ctx = {
    db,
    host,
    carrier: 'https' as const,
    client: {},
    projection: () => ({ now: host.now(), settings: desk.settings() }),
  }
  want(db, noisePng(10), ASK_FROM_BYTES * 2)
  spend(ctx, 'text', 700)
  spend(ctx, 'files', 300)
  expect(bytesStatus(ctx)).toMatchObject({ today: 1000, todayFiles: 300, filesWaiting: 1, paused: 'ask' })
  allowFiles(ctx)
  expect(bytesStatus(ctx).paused).toBeNull()
  setDailyLimit(db, 1000)
  expect(bytesStatus(ctx)).toMatchObject({ limit: 1000, paused: null })
  host.advance(86_400_000)
  expect(bytesStatus(ctx)).toMatchObject({ today: 0, paused: 'ask' })
  spend(ctx, 'text', 900)
  expect(bytesStatus(ctx).paused).toBe('budget')
  setDailyLimit(db, null)
  expect(bytesStatus(ctx)).toMatchObject({ limit: null, paused: 'ask' })
  spend({ ...ctx, carrier: 'practice' }, 'text', 5000)
  expect(bytesStatus(ctx).today).toBe(900)
})

test('a file known by its hash alone (a letter of another PC) comes too, resumed like any other', async () => {
  const { ctx, cut, db, desk, host } = await linked()
  const bytes = noisePng(300_000)
  await ctx().client.putAttachment(sha256(bytes), bytes)
  const ref = want(db, bytes, 0)
  cut(1)
  await expect(download(ctx(), ref)).rejects.toThrow()
  cut(Infinity)
  expect(await download(ctx(), ref)).toBe('here')
  expect(Buffer.from(readAttachment(desk, ref.sha256)!.bytes).equals(bytes)).toBe(true)
  // Killed after the last byte, before anyone looked at the whole.
  for (const size of [0, bytes.length]) {
    const sealed = wholeAgain(db, host.dataDir, ref.sha256, bytes)
    expect(await download(ctx(), { ...ref, size })).toBe('here')
    expect(sealed).toBe(bytes.length)
  }
})

/** Puts a whole file back to where it is all here and nobody has checked it. */
function wholeAgain(db: SyncContext['db'], dataDir: string, hash: string, bytes: Buffer): number {
  const key = Uint8Array.from({ length: 32 }, () => 7)
  db.run(`UPDATE attachments SET state = 'wanted', file_key = ? WHERE sha256 = ?`, key, hash)
  removeSealed(dataDir, hash)
  writePart(dataDir, hash, key, 0, bytes)
  return partLength(dataDir, hash)
}
