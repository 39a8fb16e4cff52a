import { expect, test, vi } from 'vitest'
import { appendAudit } from '../../electron/core/audit/chain.ts'
import { getMeta } from '../../electron/core/db/meta.ts'
import { IDLE_POLL_MS } from '../../electron/core/sync/sync-machine.ts'
import { ASK_AGAIN_MS, LEASE_SIZE, leaseNumbers } from '../../electron/core/sync/lease-numbers.ts'
import { syncStatus } from '../../electron/core/sync/status.ts'
import type { FetchAnswer } from '../../electron/core/host.ts'
import { makeDesk } from '../core/make-desk.ts'
import { idOf, people, removalOf, reportOf, reportStateOf } from '../core/sample.ts'
import { beside } from './beside.ts'

test('it mirrors, rests, and a new act goes at once', async () => {
  const { db, engine, phase, note, hub } = await beside()
  engine.start()
  await phase('idle')
  expect(db.get('SELECT count(*) AS n FROM report_current')).toEqual({ n: 3 })
  note(1)
  await phase('idle')
  await vi.waitFor(() => expect(hub.effects).toHaveLength(1))
})

test('an act held for undo goes when its time is up, or when a person asks to send now', async () => {
  const { host, engine, phase, note, hub } = await beside()
  engine.start()
  await phase('idle')
  note(1, 10_000)
  await phase('idle')
  host.advance(9_000)
  await phase('idle')
  expect(hub.effects).toHaveLength(0)
  host.advance(1_000)
  await vi.waitFor(() => expect(hub.effects).toHaveLength(1))
  await phase('idle')
  note(2, 10_000)
  await engine.now(1000)
  expect(hub.effects).toHaveLength(2)
})

test('without a link it tries again by itself, ever more rarely, and work does not hurry it', async () => {
  const { host, engine, phase, link, exchanges, note, hub } = await beside()
  engine.start()
  await phase('idle')
  link.up = false
  await engine.now(1000)
  await phase('offline')
  const waits: number[] = []
  for (let i = 0; i < 8; i++) {
    const before = exchanges()
    note(1)
    expect(exchanges()).toBe(before)
    const wait = engine.state().nextTryAt! - host.now()
    waits.push(wait)
    host.advance(wait)
    await vi.waitFor(() => expect(exchanges()).toBe(before + 1))
    await phase('offline')
  }
  expect(Math.max(...waits)).toBeGreaterThan(Math.min(...waits))
  expect(Math.max(...waits)).toBeLessThanOrEqual(300_000)
  link.up = true
  host.advance(300_000)
  await phase('idle')
  expect(hub.effects).toHaveLength(8)
})

test('after any outage everything queued arrives, each act once', async () => {
  // Verifies SYNC-01, SYNC-02
  const { host, engine, link, note, hub, phase } = await beside()
  engine.start()
  await phase('idle')
  const made: string[] = []
  for (let round = 0; round < 12; round++) {
    link.up = round % 3 !== 1
    made.push(note((round % 3) + 1).mutationId)
    host.advance(20_000)
    await vi.waitFor(() => expect(['idle', 'offline']).toContain(engine.state().phase))
  }
  link.up = true
  await engine.now(1000)
  expect(hub.effects.map((effect) => effect.id)).toEqual(made)
})

test('the long poll is only a hint, and a broken one makes the engine look for itself', async () => {
  const { host, engine, phase, link, hub, db } = await beside()
  engine.start()
  await phase('idle')
  link.up = false
  hub.put('report', idOf(9), reportOf(9))
  hub.put('report_state', idOf(9), reportStateOf(9))
  await engine.now(1000)
  await phase('offline')
  link.up = true
  engine.hint()
  await phase('idle')
  expect(db.get('SELECT count(*) AS n FROM report_current')).toEqual({ n: 4 })
  hub.remove('report', idOf(9))
  host.advance(IDLE_POLL_MS)
  await vi.waitFor(() => expect(db.get('SELECT count(*) AS n FROM report_current')).toEqual({ n: 3 }))
})

test('an answer that arrives after the engine stopped changes nothing', async () => {
  const { engine, link, db, phase, note } = await beside()
  engine.start()
  await phase('idle')
  let release = () => {}
  link.hold = new Promise((resolve) => (release = resolve))
  const { mutationId } = note(1)
  await phase('exchanging')
  engine.stop()
  db.close()
  release()
  await new Promise((resolve) => setImmediate(resolve))
  expect(engine.state().phase).toBe('stopped')
  expect(mutationId).toBeTruthy()
})

test('a desk that cannot even record a failure tries again all the same', async () => {
  const { db, host, engine, phase, note, hub } = await beside()
  engine.start()
  await phase('idle')
  const { mutationId } = note(1)
  await phase('idle')
  db.exec(`CREATE TRIGGER full BEFORE INSERT ON link_log BEGIN SELECT raise(ABORT, 'no room'); END`)
  db.exec(`CREATE TRIGGER fuller BEFORE UPDATE ON outbox BEGIN SELECT raise(ABORT, 'no room'); END`)
  note(2)
  await phase('waiting')
  db.exec('DROP TRIGGER full; DROP TRIGGER fuller')
  host.advance(IDLE_POLL_MS)
  await phase('idle')
  expect(hub.effects.map((effect) => effect.reportId)).toEqual([idOf(1), idOf(2)])
  expect(hub.effects[0]!.id).toBe(mutationId)
})

test('"synced" names only what the hub proved', async () => {
  // Verifies SYNC-05
  const { engine, phase, link, hub, desk, db, host } = await beside()
  const status = () => syncStatus(db, desk.device, engine.state())
  expect(status()).toMatchObject({
    phase: 'stopped',
    lastSyncedAt: null,
    hubReportCount: null,
    mirrorComplete: false,
  })
  link.up = false
  engine.start()
  await phase('offline')
  expect(status()).toMatchObject({ lastSyncedAt: null, problem: 'hub_unreachable' })
  link.up = true
  hub.now = 5_000_000
  await engine.now(1000)
  expect(status()).toMatchObject({
    lastSyncedAt: 5_000_000,
    hubReportCount: 3,
    mirroredReportCount: 3,
    problem: null,
  })
  expect(status().clockSkewMs).toBe(host.now() - 5_000_000)
})

test('each exchange anchors the audit chain as it was when it was asked', async () => {
  // Verifies AUDIT-01
  const { engine, phase, db, note } = await beside()
  engine.start()
  await phase('idle')
  note(1)
  await phase('idle')
  appendAudit(db, { at: 1, personId: null, action: 'later', subjectId: null, data: {} })
  const anchor = JSON.parse(getMeta(db, 'audit_anchor')!) as { count: number }
  expect(anchor.count).toBe(1)
})

test('numbers are asked for when few are left, not more often than the hour, and count by what is used', () => {
  // Verifies LETT-01
  const { desk, db, host, feed } = makeDesk()
  const asked = () => db.all(`SELECT id FROM outbox WHERE kind = 'register.lease'`).length
  expect(leaseNumbers(desk)).toBe(true)
  expect(leaseNumbers(desk)).toBe(false)
  db.run(`UPDATE outbox SET state = 'applied', settled_seq = 1`)
  expect(leaseNumbers(desk)).toBe(false)
  const lease = (from: number, expiresAt: number) => ({
    seq: 500 + from,
    kind: 'lease',
    id: idOf(0xee00 + from),
    version: 1,
    removed: null,
    body: {
      id: idOf(0xee00 + from),
      registerId: 'pupr-keluar',
      year: 2026,
      deviceId: desk.device.id,
      from,
      to: from + LEASE_SIZE - 1,
      expiresAt,
    },
  })
  host.advance(ASK_AGAIN_MS)
  feed([lease(1, host.now() + 1000)])
  expect(leaseNumbers(desk)).toBe(false)
  host.advance(1000)
  expect(leaseNumbers(desk)).toBe(true)
  expect(asked()).toBe(2)
  feed([removalOf(idOf(0xee01), 'lease')])
})

test('SYNC-04: after a restored backup what was lost goes up before anything newer, even without room to pull', async () => {
  let low = false
  const { hub, db, engine, phase, note } = await beside({ isLow: () => low })
  engine.start()
  await phase('idle')
  note(1)
  note(2)
  await engine.now(1000)
  await phase('idle')
  hub.restore(2)
  low = true
  note(3)
  await engine.now(1000)
  await phase('idle')
  expect(hub.effects.map((effect) => effect.reportId)).toEqual([idOf(1), idOf(2), idOf(3)])
  expect(db.get('SELECT count(*) AS n FROM m_reports')).toEqual({ n: 3 })
  low = false
  await engine.now(1000)
  expect(mirrorOf(db)).toEqual({ complete: '1', epoch: '2' })
})

test('SYNC-02: an earlier answer delivered again cannot say that an act has not happened', async () => {
  const { hub, db, engine, phase, link, note } = await beside()
  engine.start()
  await phase('idle')
  const session = db.get<{ token: string }>('SELECT token FROM sessions')!
  const signIn = (token: string) =>
    db.run('INSERT INTO sessions (person_id, token, expires_at) VALUES (?, ?, 0)', people.clerk.id, token)
  db.run('DELETE FROM sessions')
  signIn('expired')
  let refusal: FetchAnswer | null = null
  link.twist = (request, answer) => (request.url.endsWith('/exchange') ? (refusal ??= answer) : answer)
  const { mutationId } = note(1)
  await phase('idle')
  const state = () => db.get<{ state: string }>('SELECT state FROM outbox WHERE id = ?', mutationId)!.state
  expect(state()).toBe('signed_out')
  signIn(session.token)
  const anchor = getMeta(db, 'audit_anchor')
  appendAudit(db, { at: 1, personId: null, action: 'letter.print', subjectId: null, data: {} })
  // A cache on the way answers with what it heard before; the hub has done the act.
  await engine.now(1000)
  expect(hub.effects.map((effect) => effect.id)).toEqual([mutationId])
  expect([state(), getMeta(db, 'audit_anchor')]).toEqual(['queued', anchor])
  link.twist = null
  await engine.now(1000)
  expect(state()).toBe('applied')
})

const mirrorOf = (db: Parameters<typeof getMeta>[0]) => ({
  complete: getMeta(db, 'mirror_complete'),
  epoch: getMeta(db, 'epoch'),
})
