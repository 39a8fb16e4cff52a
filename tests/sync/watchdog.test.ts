import { expect, test, vi } from 'vitest'
import type { ExchangeRequest } from '@shared/sync/exchange.ts'
import { CALM, watchReceipts, type Answered, type Watch } from '../../electron/core/sync/watchdog.ts'
import { ASKED_CAP_MS, step, STOPPED, type SyncEvent } from '../../electron/core/sync/sync-machine.ts'
import { removeSealed } from '../../electron/core/archive/sealed-files.ts'
import { storeFile } from '../../electron/core/archive/store-file.ts'
import type { Desk } from '../../electron/core/desk.ts'
import { discard } from '../../electron/core/outbox/decide.ts'
import { enqueue } from '../../electron/core/outbox/enqueue.ts'
import { outboxItems } from '../../electron/core/queries/outbox-items.ts'
import { idOf } from '../core/sample.ts'
import { beside } from './beside.ts'

const silent = (now: number, change: Partial<Answered> = {}): Answered => ({
  acknowledged: 0,
  unreceipted: 2,
  durationMs: 1000,
  now,
  ...change,
})
const after = (answers: Answered[]) =>
  answers.reduce((seen, answer) => watchReceipts(seen.watch, answer), {
    watch: CALM as Watch,
    wedged: false,
  })

test('three answers and three times the expected without a receipt are a wedge', () => {
  expect(after([silent(0), silent(20_000)]).wedged).toBe(false)
  expect(after([silent(0), silent(10), silent(20)]).wedged).toBe(false)
  expect(after([silent(0), silent(20_000), silent(30_000)]).wedged).toBe(true)
  const slow = { durationMs: 40_000 }
  expect(after([silent(0, slow), silent(50_000, slow), silent(100_000, slow)]).wedged).toBe(false)
  expect(after([silent(0, slow), silent(60_000, slow), silent(120_000, slow)]).wedged).toBe(true)
})

test('a receipt, or nothing to wait for, calms it; a clock put back does not', () => {
  expect(after([silent(0), silent(20_000), silent(40_000, { acknowledged: 1 })]).watch).toEqual(CALM)
  expect(after([silent(0), silent(20_000), silent(40_000, { unreceipted: 0 })]).watch).toEqual(CALM)
  expect(after([silent(9e9), silent(0), silent(20_000), silent(31_000)]).wedged).toBe(true)
})

// Verifies SYNC-01, SYNC-05
test('exchanges that work while an act never gets its receipt are noticed and said; nothing is lost', async () => {
  const { db, desk, host, engine, phase, link } = await beside()
  engine.start()
  await phase('idle')
  let dropped = 0
  host.dropConnections = () => void dropped++
  // The hub fails over its file, so it is never sent.
  link.twist = (request, answer) =>
    request.url.includes('/attachments/')
      ? { ...answer, status: 500, body: Buffer.from('{"error":{"code":"internal","message":""}}') }
      : answer
  const { mutationId } = answering(desk)
  await phase('idle')
  for (const problem of [null, 'sync_stuck', 'sync_stuck']) {
    const before = dropped
    host.advance(16_000)
    await engine.now(1000)
    expect([engine.state().problem, dropped > before]).toEqual([problem, problem !== null])
  }
  expect(engine.state().phase).toBe('waiting')
  expect(db.get(`SELECT count(*) AS n FROM link_log WHERE result = 'sync_stuck'`)).toEqual({ n: dropped })
  expect(db.get('SELECT state FROM outbox WHERE id = ?', mutationId)).toEqual({ state: 'queued' })
  link.twist = null
  await engine.now(1000)
  expect(engine.state()).toMatchObject({ phase: 'idle', problem: null })
})

test.each(['file_unreadable', 'file_refused'] as const)(
  'SYNC-04: an act whose file will never get there (%s) comes up for a decision, and its words are a draft again',
  async (reason) => {
    const { db, desk, host, engine, phase, link, note } = await beside()
    engine.start()
    await phase('idle')
    link.up = false
    const { mutationId, sha256 } = answering(desk)
    note(1)
    if (reason === 'file_unreadable') removeSealed(host.dataDir, sha256)
    else
      link.twist = (request, answer) =>
        request.url.includes('/attachments/')
          ? {
              ...answer,
              status: 415,
              body: Buffer.from('{"error":{"code":"unsupported_media","message":""}}'),
            }
          : answer
    link.up = true
    await engine.now(1000)
    expect(engine.state()).toMatchObject({ phase: 'idle', problem: null })
    const open = () => outboxItems(desk, { open: true })
    expect(open()).toMatchObject([{ id: mutationId, state: 'rejected', reason }])
    expect(db.all('SELECT body, submitted FROM drafts')).toEqual([{ body: 'Sudah.', submitted: 0 }])
    discard(desk, mutationId)
    expect(open()).toEqual([])
  },
)

/** An answer with a picture, handed in. */
function answering(desk: Desk): { mutationId: string; sha256: string } {
  const bytes = Buffer.from('89504e470d0a1a0a', 'hex')
  const file = storeFile(desk, { name: 'foto.png', mime: 'image/png', bytes }, 'to_upload')
  const { mutationId } = enqueue(desk, {
    kind: 'reply.submit',
    reportId: idOf(1),
    baseVersion: 0,
    payload: {
      replyId: idOf(77),
      kind: 'final',
      body: 'Sudah.',
      attachments: [file],
      hash: 'a'.repeat(64),
      reportVersion: 1,
    },
  })
  return { mutationId, sha256: file.sha256 }
}

const offline = { ...STOPPED, phase: 'offline' as const }
const failed = (waitMs: number | null): SyncEvent => ({
  type: 'failed',
  problem: 'hub_unreachable',
  draw: 0.5,
  now: 0,
  waitMs,
})

test('a wait that the hub asks for is kept; only a person shortens it', () => {
  const busy = { ...offline, phase: 'exchanging' as const, attempt: 1 }
  const asked = step(busy, failed(120_000))
  expect(asked.effects).toContainEqual({ do: 'schedule', ms: 120_000 })
  expect(step(asked.state, { type: 'hint' }).effects).toEqual([])
  expect(step(asked.state, { type: 'work' }).effects).toEqual([])
  expect(step(asked.state, { type: 'manual' }).state.phase).toBe('exchanging')
  expect(step(step(asked.state, { type: 'timer' }).state, failed(null)).state.asked).toBe(false)
  expect(step(busy, failed(9e12)).effects).toContainEqual({ do: 'schedule', ms: ASKED_CAP_MS })
  expect(step(busy, failed(null)).state.nextTryAt).toBe(1000)
})

test('the engine keeps what a 503 asks for', async () => {
  const { host, engine, phase, link, exchanges } = await beside()
  engine.start()
  await phase('idle')
  link.twist = (_request, answer) => ({
    ...answer,
    status: 503,
    headers: { 'content-type': 'text/html', 'retry-after': '600' },
  })
  await engine.now(1000)
  await phase('offline')
  expect(engine.state().nextTryAt! - host.now()).toBe(600_000)
  const before = exchanges()
  engine.hint()
  host.advance(599_000)
  expect(exchanges()).toBe(before)
  link.twist = null
  host.advance(1000)
  await phase('idle')
})

test('resume from sleep drops the sockets and tries at once, even in the middle of an exchange', async () => {
  const { host, engine, phase, link, exchanges } = await beside()
  engine.start()
  await phase('idle')
  const closed: number[] = []
  host.dropConnections = () => void closed.push(exchanges())
  engine.resumed()
  expect(closed).toEqual([1])
  await phase('idle')
  expect(exchanges()).toBe(2)
  link.up = false
  for (let i = 0; i < 6; i++) await engine.now(1000)
  for (let i = 0; i < 5; i++) host.advance(engine.state().nextTryAt! - host.now())
  let fail = () => {}
  link.hold = new Promise((_, reject) => (fail = () => reject(new Error('gone'))))
  link.up = true
  const before = exchanges()
  void engine.now(1000)
  await vi.waitFor(() => expect(exchanges()).toBe(before + 1))
  engine.resumed()
  fail()
  await vi.waitFor(() => expect(engine.state().phase).toBe('waiting'))
  expect(engine.state().nextTryAt! - host.now()).toBeLessThanOrEqual(10_000)
})

test('"more" from a place that did not move is a fault, not an endless loop', async () => {
  const { engine, phase, link, exchanges } = await beside()
  engine.start()
  await phase('idle')
  link.twist = (request, answer) => {
    if (!request.url.endsWith('/exchange')) return answer
    const asked = JSON.parse(Buffer.from(request.body!).toString()) as ExchangeRequest
    const body = JSON.parse(Buffer.from(answer.body).toString()) as object
    const stuck = { ...body, cursor: asked.cursor, more: true, changes: [] }
    return { ...answer, body: Buffer.from(JSON.stringify(stuck)) }
  }
  const before = exchanges()
  await engine.now(1000)
  await phase('waiting')
  expect(engine.state().problem).toBe('hub_error')
  expect(exchanges()).toBe(before + 1)
})
