import { expect, test, vi } from 'vitest'
import type { AttachmentRef } from '@shared/domain/report.ts'
import { askForFile, wantFiles } from '../../electron/core/mirror/attachment-refs.ts'
import { bytesStatus, setDailyLimit, spend } from '../../electron/core/sync/budget.ts'
import type { SyncContext } from '../../electron/core/sync/context.ts'
import { fetchThumbs } from '../../electron/core/sync/thumbs.ts'
import {
  comeAlone,
  FAST_BPS,
  nextAsked,
  nextOriginals,
  nextThumbs,
  setOriginalsMode,
} from '../../electron/core/sync/wanted.ts'
import { jpeg, noisePng } from '../fixtures/pictures.ts'
import { makeDesk } from '../core/make-desk.ts'
import { idOf, reportChanges } from '../core/sample.ts'
import { sha256 } from '../hub/mini-desk.ts'
import { PASSWORD, PEOPLE } from '../hub/small-regency.ts'
import type { TestHub } from '../hub/start-hub.ts'
import { deskOf, enrolledCore, noLink, realHub, type LinkedCore } from './with-hub.ts'

/** A citizen files a report with a photo. */
async function fileWithPhoto(hub: TestHub, bytes: Buffer, description: string): Promise<string> {
  const form = new FormData()
  const fields = { api_key: 'latihan', service_code: 'jalan', address_string: 'x', description }
  for (const [key, value] of Object.entries(fields)) form.set(key, value)
  form.set('media', new Blob([new Uint8Array(bytes)]), 'foto.png')
  const answer = await fetch(`${hub.url}/open311/v2/requests.json`, { method: 'POST', body: form })
  return ((await answer.json()) as [{ service_request_id: string }])[0].service_request_id
}

const photoOf = async (pc: LinkedCore, q: string): Promise<AttachmentRef & { reportId: string }> => {
  const { reportId } = await pc.call('reports.find', { q })
  const { report } = await pc.call('reports.get', { reportId: reportId! })
  return { ...report.attachments[0]!, reportId: reportId! }
}

const kindsOf = (pc: LinkedCore) =>
  pc.link.requests.map(({ url }) => new URL(url).pathname.split('/')[2]!).filter((kind) => kind !== 'wake')

const thumbsCame = (pc: LinkedCore) =>
  vi.waitFor(() => expect(nextThumbs({ db: deskOf(pc).db }, new Set())).toEqual([]), 5000)

// Verifies SYNC-01 (P22, P25)
test('what people did goes first, then text, then small pictures in one answer, then originals', async () => {
  const hub = await realHub()
  const numbers: string[] = []
  for (let n = 0; n < 5; n++)
    numbers.push(await fileWithPhoto(hub, noisePng(60_000, `foto ${n}`), `Lubang ${n}.`))
  const pc = await enrolledCore(hub)
  await thumbsCame(pc)
  pc.link.fault = noLink
  const { reportId } = await photoOf(pc, numbers[0]!)
  const payload = { class: 'keluhan', oversight: false, priority: 'high' } as const
  await pc.call('reports.triage', { reportId, action: 'verify', payload })
  await pc.call('sync.now', {})
  numbers.push(await fileWithPhoto(hub, noisePng(60_000, 'foto baru'), 'Lubang baru.'))
  // Everything is wanted at once: an act, a new report, its small picture, and all originals.
  setOriginalsMode(deskOf(pc).db, 'fast')
  deskOf(pc).db.run(`UPDATE attachments SET state = 'wanted', asked_at = NULL, file_key = NULL`)
  deskOf(pc).db.run('DELETE FROM thumbs')
  pc.link.requests.length = 0
  pc.link.fault = null
  await pc.call('sync.now', {})
  await thumbsCame(pc)
  const kinds = kindsOf(pc)
  const [first] = pc.link.requests
  expect(kinds[0]).toBe('exchange')
  expect(first!.body!.length).toBeGreaterThan(0)
  expect(kinds.lastIndexOf('exchange')).toBeLessThan(kinds.indexOf('thumbnails'))
  // Six small pictures, one round trip.
  expect(kinds.filter((kind) => kind === 'thumbnails')).toHaveLength(1)
  const attachments = kinds.indexOf('attachments')
  expect(attachments === -1 || attachments > kinds.indexOf('thumbnails')).toBe(true)
  expect((await pc.call('sync.outbox', { open: true })).length).toBe(0)
  const thumb = pc.core.readAttachment((await photoOf(pc, numbers[5]!)).sha256, 'thumb')!
  expect(Buffer.from(thumb.bytes).toString('latin1', 8, 12)).toBe('WEBP')
})

// Verifies SYNC-01, PRIV-01
test('an original waits for a person; asked for without a link it comes with the link, after a restart too', async () => {
  const hub = await realHub()
  const number = await fileWithPhoto(hub, await jpeg(1200, 900), 'Jembatan rusak.')
  let pc = await enrolledCore(hub)
  setOriginalsMode(deskOf(pc).db, 'asked')
  await thumbsCame(pc)
  const photo = await photoOf(pc, number)
  const states = () => pc.call('attachments.states', { reportId: photo.reportId, hashes: [photo.sha256] })
  deskOf(pc).db.run(`UPDATE attachments SET state = 'wanted', file_key = NULL`)
  expect(await states()).toEqual([{ sha256: photo.sha256, where: 'hub', thumb: true, arrived: 0 }])
  expect(pc.core.readAttachment(photo.sha256)).toBeNull()
  pc.link.fault = noLink
  await pc.call('attachments.fetch', { sha256: photo.sha256 })
  await pc.idle()
  expect(await states()).toMatchObject([{ where: 'asked' }])
  pc = await pc.again()
  await pc.call('session.signIn', { personId: PEOPLE.clerk.id, password: PASSWORD })
  expect(pc.core.readAttachment(photo.sha256, 'thumb')).not.toBeNull()
  // A limit that is used up does not make a person wait.
  setDailyLimit(deskOf(pc).db, 1_000_000)
  pc.link.fault = null
  await pc.call('sync.now', {})
  await vi.waitFor(async () => expect(await states()).toMatchObject([{ where: 'here' }]), 5000)
  expect(pc.core.readAttachment(photo.sha256)!.bytes.length).toBe(photo.size)
  await expect(pc.call('attachments.fetch', { sha256: 'f'.repeat(64) })).rejects.toThrow('not_found')
})

/** A desk that holds one report with `count` photos, over a link that gives small pictures as told. */
function withPhotos(count: number, give: (hash: string) => Uint8Array | null = () => null) {
  const small = Array.from({ length: count }, (_unused, n) => Buffer.alloc(3000, n + 1))
  const attachments = small.map((bytes, n): AttachmentRef => ({
    sha256: sha256(`foto ${n}`),
    mime: 'image/jpeg',
    size: 2_000_000,
    name: 'foto.jpg',
    thumb: { sha256: sha256(bytes), size: bytes.length },
  }))
  const desk = makeDesk({ changes: reportChanges(1) })
  wantFiles(desk.db, idOf(1), attachments)
  const asked: string[][] = []
  const pace = { downBps: null as number | null }
  const getThumbs = (hashes: readonly string[]) => {
    asked.push([...hashes])
    const given = hashes.map((hash) => ({
      hash,
      bytes: give(hash) ?? small.find((one) => sha256(one) === hash),
    }))
    return Promise.resolve(
      given.flatMap(({ hash, bytes }) => (bytes?.length ? [{ sha256: hash, bytes }] : [])),
    )
  }
  const ctx = {
    ...desk,
    carrier: 'https',
    client: { getThumbs, pace: () => ({ rttMs: null, upBps: null, changeBytes: null, ...pace }) },
    projection: () => ({ now: desk.host.now(), settings: desk.desk.settings() }),
    stale: (topics: string[]) => desk.host.stale(topics as never),
  } as unknown as SyncContext
  return { ...desk, ctx, asked, pace, attachments, small }
}

const none: ReadonlySet<string> = new Set()

test('an answer carries what the link moves in eight seconds, and damaged or missing ones are not asked for again', async () => {
  const bad = sha256(Buffer.alloc(3000, 2))
  const gone = sha256(Buffer.alloc(3000, 3))
  const t = withPhotos(60, (hash) =>
    hash === bad ? Buffer.from('rusak') : hash === gone ? new Uint8Array() : null,
  )
  const skip = new Set<string>()
  for (let wanted = nextThumbs(t.ctx, skip); wanted.length > 0; wanted = nextThumbs(t.ctx, skip))
    for (const hash of await fetchThumbs(t.ctx, wanted)) skip.add(hash)
  // Unmeasured: 98,304 bytes; then the rest with the one left out, which comes up once more, alone.
  expect(t.asked.map((hashes) => hashes.length)).toEqual([32, 29, 1])
  expect(skip).toEqual(new Set([bad, gone]))
  expect(t.db.get('SELECT count(*) AS n FROM thumbs')).toEqual({ n: 58 })
  expect(bytesStatus(t.ctx)).toMatchObject({ todayFiles: 58 * 3000 + 5, filesWaiting: 2 })
  // PRIV-01: the report leaves, its small pictures too.
  t.feed([
    {
      seq: 99,
      kind: 'report',
      id: idOf(1),
      version: 9,
      body: null,
      removed: { reason: 'reassigned', movedTo: 'DLH' },
    },
  ])
  expect(t.db.get('SELECT count(*) AS n FROM thumbs')).toEqual({ n: 0 })
})

test('a slow link gets few at a time, a fast one at most forty', async () => {
  for (const [downBps, count] of [
    [1000, 8],
    [1_000_000, 40],
  ] as const) {
    const t = withPhotos(50)
    t.pace.downBps = downBps
    await fetchThumbs(t.ctx, nextThumbs(t.ctx, none))
    expect(t.asked[0]!.length).toBe(count)
  }
})

test('small pictures may use more of the day than originals, and neither as much as text (P25)', () => {
  const t = withPhotos(3)
  setDailyLimit(t.db, 1_000_000)
  const at = (bytes: number) => {
    spend(t.ctx, 'text', bytes)
    return bytesStatus(t.ctx)
  }
  setOriginalsMode(t.db, 'asked')
  expect(at(850_000)).toMatchObject({
    pausedThumbs: null,
    paused: null,
    filesWaiting: 3,
    filesBytes: 9000,
    originals: 'asked',
  })
  t.pace.downBps = FAST_BPS
  setOriginalsMode(t.db, 'fast')
  expect(bytesStatus(t.ctx)).toMatchObject({ pausedThumbs: null, paused: 'budget', filesBytes: 6_009_000 })
  expect(at(50_000)).toMatchObject({ pausedThumbs: 'budget', paused: 'budget' })
})

test('originals come by themselves only over a link measured as fast, unless a person chose otherwise', () => {
  const t = withPhotos(2)
  const carried = (downBps: number | null, carrier: 'https' | 'practice' = 'https') => {
    t.pace.downBps = downBps
    return comeAlone({ ...t.ctx, carrier })
  }
  expect([carried(null), carried(FAST_BPS - 1), carried(FAST_BPS), carried(null, 'practice')]).toEqual([
    false,
    false,
    true,
    true,
  ])
  t.pace.downBps = null
  expect(nextOriginals(t.ctx, none)).toEqual([])
  askForFile(t.db, t.attachments[1]!.sha256, 5)
  expect(nextAsked(t.ctx, none).map(({ sha256: hash }) => hash)).toEqual([t.attachments[1]!.sha256])
  setOriginalsMode(t.db, 'asked')
  expect([carried(FAST_BPS * 9), carried(null, 'practice')]).toEqual([false, false])
  // Nothing is pulled while room is short.
  const low = { ...t.ctx, isLow: () => true }
  expect([nextAsked(low, none), nextThumbs(low, none), nextOriginals(low, none)]).toEqual([[], [], []])
})

test('a hub that makes small pictures later, or never: what it says last is wanted', () => {
  const t = withPhotos(1)
  const [{ thumb, ...bare }] = t.attachments as [AttachmentRef]
  const other = makeDesk({ changes: reportChanges(1, { attachments: [bare] }) })
  const ctx = { ...t.ctx, db: other.db }
  expect(nextThumbs(ctx, none)).toEqual([])
  // Without a small one the original is all there is to see.
  expect(nextOriginals(ctx, none).map(({ sha256: hash }) => hash)).toEqual([bare.sha256])
  other.feed(
    reportChanges(1, { attachments: [{ ...bare, thumb }] }).map((one) => ({
      ...one,
      seq: one.seq + 100,
      version: 2,
    })),
  )
  expect(nextThumbs(ctx, none)).toEqual([thumb])
})
