import { expect, test, vi } from 'vitest'
import { PROTOCOL, type ExchangeRequest, type ExchangeResponse } from '@shared/sync/exchange.ts'
import { getMeta } from '../../electron/core/db/meta.ts'
import type { HubClient } from '../../electron/core/hub-client/port.ts'
import { enqueue } from '../../electron/core/outbox/enqueue.ts'
import type { SyncContext } from '../../electron/core/sync/context.ts'
import { exchangeOnce } from '../../electron/core/sync/exchange-step.ts'
import { PieceSize } from '../../electron/core/sync/pieces.ts'
import { makeDesk } from '../core/make-desk.ts'
import { idOf, officeChanges, people, reportChanges } from '../core/sample.ts'

const REPORTS = 300
const PAGE = 250

/** A hub with many reports whose pages may be cut after every report, and a desk that has none of them. */
function pulling() {
  const t = makeDesk({ bare: true })
  const { db, host, desk } = t
  const feed = [...officeChanges(), ...Array.from({ length: REPORTS }, (_, n) => reportChanges(n + 1)).flat()]
  const asked: ExchangeRequest[] = []
  const answer = (request: ExchangeRequest): ExchangeResponse => {
    const from = Number(request.cursor ?? 0)
    const changes = feed.slice(from, from + Math.min(PAGE, request.want.maxChanges))
    const end = from + changes.length
    return {
      protocol: PROTOCOL,
      hubId: idOf(0xb1),
      epoch: 1,
      hubTime: host.now(),
      baseCursor: request.cursor,
      receipts: request.mutations.map(({ id }) => ({
        mutationId: id,
        outcome: 'applied',
        version: 2,
        reason: null,
        fields: null,
      })),
      changes,
      marks: changes.slice(0, -1).map((_, i): [number, string] => [i + 1, String(from + i + 1)]),
      cursor: String(end),
      more: end < feed.length,
      resync: null,
      reportCount: REPORTS,
    }
  }
  const client = {
    exchange: vi.fn((request: ExchangeRequest) => {
      asked.push(request)
      return Promise.resolve(answer(request))
    }),
    pace: () => ({ rttMs: 1, downBps: 1e9, upBps: 1e9, changeBytes: 100 }),
  }
  const projection = () => ({ now: host.now(), settings: desk.settings() })
  const stale = () => undefined
  const ctx: SyncContext = {
    db,
    host,
    client: client as unknown as HubClient,
    carrier: 'https',
    projection,
    stale,
    pieces: new PieceSize(),
  }
  const rows = () =>
    db.get<{ n: number }>(
      'SELECT (SELECT count(*) FROM m_reports) + (SELECT count(*) FROM m_report_states) + (SELECT count(*) FROM m_rows) AS n',
    )!.n
  const pull = async () => {
    for (let i = 0; i < 20; i++) {
      const result = await exchangeOnce(ctx, false)
      if (result.type !== 'exchanged' || !result.more) return result
    }
    throw new Error('no end')
  }
  return { ...t, ctx, asked, feed, rows, pull, client }
}

// Verifies SYNC-03
test('cut anywhere between two pieces of a page, the mirror is what its cursor says, and goes on from there', async () => {
  for (const dieAt of [1, 2, 3, 5, 8]) {
    const { db, rows, pull, feed } = pulling()
    const tx = db.tx.bind(db)
    let commits = 0
    let dead = false
    db.tx = (act, options) => {
      if (dead) throw new Error('ended')
      const before = getMeta(db, 'cursor')
      const value = tx(act, options)
      if (getMeta(db, 'cursor') !== before && ++commits === dieAt) dead = true
      return value
    }
    await pull()
    expect(dead).toBe(true)
    db.tx = tx
    const cursor = Number(getMeta(db, 'cursor'))
    expect(cursor).toBeGreaterThan(0)
    expect(cursor).toBeLessThan(feed.length)
    expect(rows()).toBe(cursor)
    // Every report that is wholly here is in the inbox.
    expect(db.get('SELECT count(*) AS n FROM report_current')).toEqual(
      db.get('SELECT count(*) AS n FROM m_reports r JOIN m_report_states s ON s.id = r.id'),
    )
    expect(await pull()).toMatchObject({ type: 'exchanged' })
    expect([rows(), getMeta(db, 'cursor')]).toEqual([feed.length, String(feed.length)])
    expect(getMeta(db, 'mirror_complete')).toBe('1')
  }
})

test('a page is kept in short transactions, and the next one is asked for before they begin', async () => {
  const { db, asked, ctx, feed } = pulling()
  const sizes: number[] = []
  const whenAsked: string[] = []
  const tx = db.tx.bind(db)
  db.tx = (act, options) => {
    if (db.inTransaction) return tx(act, options)
    const from = Number(getMeta(db, 'cursor') ?? 0)
    const value = tx(act, options)
    const to = Number(getMeta(db, 'cursor') ?? 0)
    if (to !== from) {
      sizes.push(to - from)
      whenAsked.push(asked.at(-1)!.cursor ?? 'begin')
    }
    return value
  }
  await exchangeOnce(ctx, false)
  expect(Math.max(...sizes)).toBeLessThan(PAGE)
  expect(sizes.length).toBeGreaterThan(3)
  expect(sizes.reduce((sum, n) => sum + n, 0)).toBe(PAGE)
  // Everything was written while the page after it was on its way.
  expect(new Set(whenAsked)).toEqual(new Set([String(PAGE)]))
  const before = asked.length
  await exchangeOnce(ctx, false)
  expect(asked.slice(before).map(({ cursor }) => cursor)).toEqual([String(2 * PAGE)])
  expect(Number(getMeta(db, 'cursor'))).toBe(2 * PAGE)
  expect(feed.length).toBeGreaterThan(2 * PAGE)
})

// Verifies SYNC-02
test('acts do not wait for the page asked for ahead, and it does not count as read after them', async () => {
  const { db, desk, ctx, asked, pull } = pulling()
  await exchangeOnce(ctx, false)
  db.run(`INSERT INTO sessions (person_id, token, expires_at) VALUES (?, 'token', 9e15)`, people.clerk.id)
  const act = enqueue(desk, {
    kind: 'report.note',
    reportId: idOf(1),
    baseVersion: 1,
    payload: { text: 'catatan' },
  })
  expect(ctx.ahead).not.toBeNull()
  const before = asked.length
  await exchangeOnce(ctx, false)
  expect(asked[before]!.mutations.map(({ id }) => id)).toEqual([act.mutationId])
  expect(asked[before]!.cursor).toBe(String(PAGE))
  expect(db.get('SELECT state FROM outbox')).toEqual({ state: 'applied' })
  await pull()
  expect(asked.filter(({ mutations }) => mutations.length > 0)).toHaveLength(1)
})

test('a page that failed ahead is asked for again, and then the failure is met', async () => {
  const { ctx, client, db, pull } = pulling()
  await exchangeOnce(ctx, false)
  client.exchange.mockImplementation(() => Promise.reject(new Error('cut')))
  await exchangeOnce(ctx, false)
  const cursor = getMeta(db, 'cursor')
  expect((await exchangeOnce(ctx, false)).type).toBe('failed')
  expect(getMeta(db, 'cursor')).toBe(cursor)
  expect(ctx.ahead).toBeNull()
  client.exchange.mockReset()
  expect(await pull()).toMatchObject({ type: 'exchanged', more: false })
})

test('pieces grow while they are quick and shrink when one was slow', () => {
  const size = new PieceSize()
  const start = size.changes
  for (let i = 0; i < 5; i++) size.learn(size.changes, 2)
  expect(size.changes).toBeGreaterThan(2 * start)
  for (let i = 0; i < 50; i++) size.learn(size.changes, 0)
  expect(size.changes).toBe(500)
  size.learn(500, 24)
  expect(size.changes).toBe(250)
  for (let i = 0; i < 50; i++) size.learn(size.changes, 1000)
  expect(size.changes).toBe(40)
})
