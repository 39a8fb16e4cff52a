import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { ExchangeRequest } from '@shared/sync/exchange.ts'
import { backupDaily } from '../../electron/core/db/backup.ts'
import { getMeta } from '../../electron/core/db/meta.ts'
import type { FetchRequest } from '../../electron/core/host.ts'
import { enqueue } from '../../electron/core/outbox/enqueue.ts'
import { MiniDesk } from '../hub/mini-desk.ts'
import { PASSWORD, PEOPLE } from '../hub/small-regency.ts'
import { deskOf, enrolledCore, makeLink, noLink, realHub, type Link, type LinkedCore } from './with-hub.ts'

const DAY = 86_400_000
const PAGE = 8
const { clerk, supervisor } = PEOPLE

const isExchange = ({ url }: FetchRequest) => url.endsWith('/v1/exchange')

function asked({ body, headers }: FetchRequest): ExchangeRequest {
  const bytes = Buffer.from(body!)
  const packed = headers['content-encoding']
  const plain = packed === 'br' ? brotliDecompressSync(bytes) : packed === 'gzip' ? gunzipSync(bytes) : bytes
  return JSON.parse(plain.toString()) as ExchangeRequest
}

/** A link on which every page of the feed is short, as on a slow one; `exchanges` is what was asked on it. */
function narrowLink(): Link & { exchanges: ExchangeRequest[] } {
  const exchanges: ExchangeRequest[] = []
  const link = Object.assign(makeLink(), { exchanges })
  const { fetch } = link
  link.fetch = (request) => {
    if (!isExchange(request)) return fetch(request)
    const sent = asked(request)
    exchanges.push(sent)
    sent.want.maxChanges = Math.min(sent.want.maxChanges, PAGE)
    return fetch({
      ...request,
      headers: { ...request.headers, 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify(sent)),
    })
  }
  return link
}

const note = (pc: LinkedCore, reportId: string, text: string) =>
  enqueue(deskOf(pc), { kind: 'report.note', reportId, baseVersion: 1, payload: { text } }).mutationId
const listed = async (pc: LinkedCore) =>
  (await pc.call('reports.list', { view: 'all' })).items.map((item) => item.id).sort()
const texts = async (pc: LinkedCore, reportId: string) =>
  (await pc.call('reports.get', { reportId })).entries
    .filter((entry) => entry.action === 'note')
    .map((entry) => entry.text)
const drafts = async (pc: LinkedCore) => (await pc.call('drafts.mine', {})).map((draft) => draft.body)
const open = async (pc: LinkedCore) => (await pc.call('sync.outbox', { open: true })).map((item) => item.id)
const signIn = (pc: LinkedCore) => pc.call('session.signIn', { personId: clerk.id, password: PASSWORD })

/**
 * A PC with an unsent act and a draft that was switched off for three months, whose disk then died: it works on the
 * daily copy of before a report moved away, and the hub has dropped that report's tombstone since.
 */
async function longAsleep() {
  const hub = await realHub()
  for (let i = 0; i < 12; i++) await hub.report()
  const link = narrowLink()
  const pc = await enrolledCore(hub, clerk, link)
  await pc.idle()
  const ids = await listed(pc)
  const [moved, drafted, noted] = ids as [string, string, string]
  backupDaily(deskOf(pc).db, '2026-02-02')

  const office = await MiniDesk.at(hub, 'PUPR', clerk.id, supervisor.id)
  await office.sync()
  await office.act('report.propose_referral', clerk.id, moved, { agencyId: 'DLH', reason: 'sampah' })
  await office.act('report.approve_proposal', supervisor.id, moved, {})
  for (const desk of [office, office]) await desk.sync()
  for (const desk of [pc, pc]) await desk.call('sync.now', {})
  expect(await listed(pc)).not.toContain(moved)
  await pc.idle()
  link.fault = noLink
  const draft = { draftId: null, reportId: drafted, kind: 'final' as const, attachments: [], replyId: null }
  await pc.call('drafts.save', { ...draft, body: 'Naskah sebelum libur panjang.' })
  const act = note(pc, noted, 'dicatat sebelum libur panjang')
  pc.core.stop()

  hub.clock.advance(91 * DAY)
  await hub.hub.tidy()
  expect(hub.log.filter((line) => line['job'] === 'compact_feeds').at(-1)).toMatchObject({ count: 1 })
  await hub.report({ description: 'Laporan selama libur panjang.' })
  const file = join(pc.dataDir, 'desk.db')
  writeFileSync(file, readFileSync(file).fill(0x55, 4096))
  writeFileSync(`${file}.open`, '')

  const later = await pc.again()
  await signIn(later)
  await later.idle()
  expect((await later.call('app.status', {})).recovery).toMatchObject({ rung: 'copy', acts: 1, drafts: 1 })
  expect(await listed(later)).toEqual(ids)
  link.exchanges.length = 0
  return { hub, link, pc: later, ids, moved, noted, act }
}

const reasons = (pc: LinkedCore) =>
  pc.host.logs.filter((line) => line.event === 'resync').map((line) => line.data['reason'])

/** The mirror is the hub's again, the draft is as it was, and nothing waits. */
async function expectWhole(pc: LinkedCore, ids: string[], moved: string) {
  const now = await listed(pc)
  expect(now).toHaveLength(ids.length)
  expect(now).not.toContain(moved)
  expect(ids.filter((id) => id !== moved).every((id) => now.includes(id))).toBe(true)
  expect(await drafts(pc)).toEqual(['Naskah sebelum libur panjang.'])
  expect(await open(pc)).toEqual([])
  expect(await pc.call('sync.status', {})).toMatchObject({
    phase: 'idle',
    mirrorComplete: true,
    hubReportCount: ids.length,
    mirroredReportCount: ids.length,
    queued: 0,
    needsPerson: 0,
  })
  expect(await pc.call('audit.verify', {})).toMatchObject({ intact: true })
}

const whole = { timeout: 60_000 }

test(
  'SYNC-03, SYNC-06: a cursor older than the hub remembers: a paged snapshot, drafts untouched, the act sent once',
  whole,
  async () => {
    const { link, pc, ids, moved, noted, act } = await longAsleep()
    expect(await open(pc)).toEqual([act])
    link.fault = null
    await pc.call('sync.now', {})
    await pc.idle()
    expect(reasons(pc)).toEqual(['cursor_too_old'])
    const snapshot = link.exchanges.filter(({ cursor }) => cursor === null || cursor.includes('.s'))
    expect(snapshot.length).toBeGreaterThan(2)
    await expectWhole(pc, ids, moved)
    expect(await texts(pc, noted)).toEqual(['dicatat sebelum libur panjang'])
    // The session of three months ago has ended, which judges nothing: the act goes once under it, once under the new one.
    const sent = link.exchanges.filter(({ mutations }) => mutations.length > 0)
    expect(sent.map(({ mutations }) => mutations.map(({ id }) => id))).toEqual([[act], [act]])
    expect(new Set(sent.map(({ sessions }) => sessions[clerk.id])).size).toBe(2)
  },
)

test(
  'SYNC-03: switched off in the middle of that snapshot, it goes on where it was and loses nothing',
  whole,
  async () => {
    const { link, pc, ids, moved, noted } = await longAsleep()
    let pages = 0
    link.fault = (request, go) => {
      if (!isExchange(request)) return go()
      pages += 1
      return pages > 3 ? noLink(request, go) : go()
    }
    await pc.call('sync.now', {})
    await pc.idle()
    expect(reasons(pc)).toEqual(['cursor_too_old'])
    expect(await pc.call('sync.status', {})).toMatchObject({ phase: 'offline', mirrorComplete: false })
    // Half renewed, everything of before is still there to work on.
    expect(await listed(pc)).toEqual(expect.arrayContaining(ids))
    const act = note(pc, noted, 'dicatat di tengah penyegaran')
    const place = getMeta(deskOf(pc).db, 'cursor')
    expect(place).toMatch(/\.s[0-3]\./)

    const later = await pc.again()
    await signIn(later)
    await later.idle()
    expect(getMeta(deskOf(later).db, 'cursor')).toBe(place)
    expect(await open(later)).toContain(act)
    expect(await drafts(later)).toEqual(['Naskah sebelum libur panjang.'])
    link.fault = null
    link.exchanges.length = 0
    await later.call('sync.now', {})
    await later.idle()
    expect(link.exchanges[0]!.cursor).toBe(place)
    expect(link.exchanges.map(({ cursor }) => cursor)).not.toContain(null)
    expect(reasons(later)).toEqual([])
    await expectWhole(later, ids, moved)
    expect((await texts(later, noted)).sort()).toEqual([
      'dicatat di tengah penyegaran',
      'dicatat sebelum libur panjang',
    ])
  },
)
