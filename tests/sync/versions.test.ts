import { expect, test } from 'vitest'
import { HUB_CONTENT_TYPE, PROTOCOL, type ExchangeRequest } from '@shared/sync/exchange.ts'
import type { FetchAnswer, FetchRequest } from '../../electron/core/host.ts'
import { getMeta, setMeta } from '../../electron/core/db/meta.ts'
import { IDLE_POLL_MS } from '../../electron/core/sync/sync-machine.ts'
import { idOf, reportOf } from '../core/sample.ts'
import { requestJson } from '../fakes/request-body.ts'
import { beside } from './beside.ts'

const answerOf = (request: FetchRequest, status: number, value: unknown): FetchAnswer => {
  const body = Buffer.from(JSON.stringify(value))
  return {
    status,
    url: request.url,
    headers: { 'content-type': HUB_CONTENT_TYPE, 'x-hub-id': 'x' },
    body,
    wireBytes: body.length,
  }
}
const tooNew = { error: { code: 'protocol_too_new', message: '' } }

test('an older hub is spoken to in its own version, without what it does not know', async () => {
  const { engine, phase, link, note, hub } = await beside()
  const seen: ExchangeRequest[] = []
  link.twist = (request, answer) => {
    if (request.url.endsWith('/hello')) {
      const hello = JSON.parse(Buffer.from(answer.body).toString()) as object
      return answerOf(request, 200, { ...hello, protocol: 1, minProtocol: 1 })
    }
    if (!request.url.endsWith('/exchange')) return answer
    const asked = requestJson<ExchangeRequest>(request)
    if (asked.protocol > 1) return answerOf(request, 426, tooNew)
    seen.push(asked)
    return answer
  }
  engine.start()
  await phase('idle')
  note(1)
  await phase('idle')
  expect(hub.effects).toHaveLength(1)
  expect(seen.length).toBeGreaterThanOrEqual(2)
  for (const request of seen)
    expect([request.protocol, Object.keys(request.want)]).toEqual([1, ['maxChanges']])
  expect(engine.state().problem).toBeNull()
})

test('a hub too old or too new for this build is told apart, and nothing is lost', async () => {
  // Verifies SYNC-01
  const { engine, phase, link, note, db } = await beside()
  engine.start()
  await phase('idle')
  const { mutationId } = note(1, 60_000)
  link.twist = (request, answer) => {
    if (request.url.endsWith('/hello')) {
      const hello = JSON.parse(Buffer.from(answer.body).toString()) as object
      return answerOf(request, 200, { ...hello, protocol: 0, minProtocol: 0 })
    }
    return request.url.endsWith('/exchange') ? answerOf(request, 426, tooNew) : answer
  }
  await engine.now(1000)
  expect(engine.state().problem).toBe('hub_too_old')
  link.twist = (request, answer) =>
    request.url.endsWith('/exchange')
      ? answerOf(request, 426, { error: { code: 'protocol_too_old', message: '' } })
      : answer
  await engine.now(1000)
  expect(engine.state().problem).toBe('hub_too_new')
  link.twist = (request, answer) => {
    if (!request.url.endsWith('/exchange')) return answer
    const body = JSON.parse(Buffer.from(answer.body).toString()) as object
    return answerOf(request, 200, { ...body, protocol: PROTOCOL + 1 })
  }
  await engine.now(1000)
  expect(engine.state().problem).toBe('hub_too_new')
  expect(db.get('SELECT state FROM outbox WHERE id = ?', mutationId)).toEqual({ state: 'queued' })
})

// Verifies SYNC-01, SYNC-03, SYNC-05
test('a mirror that differs from the hub is fetched again; outbox and drafts stay, and it is logged', async () => {
  const { db, desk, host, engine, phase, note, link, hub } = await beside()
  engine.start()
  await phase('idle')
  expect(getMeta(db, 'digest_due')).toContain('"misses":0')
  // Silent damage: a row lost, another outdated.
  db.run('DELETE FROM m_reports WHERE id = ?', idOf(1))
  db.run('UPDATE m_report_states SET version = 0 WHERE id = ?', idOf(2))
  db.run(
    `INSERT INTO drafts (id, report_id, kind, body, attachments, author_id, saved_at, report_number, report_subject)
     VALUES (?, ?, 'final', 'naskah', '[]', ?, 0, '', '')`,
    idOf(9),
    idOf(3),
    desk.person.id,
  )
  setMeta(db, 'digest_due', JSON.stringify({ left: 0, misses: 0 }))
  const { mutationId } = note(3, 10_000)
  host.advance(IDLE_POLL_MS)
  await phase('idle')
  expect(db.all('SELECT id, version FROM m_reports ORDER BY id')).toHaveLength(3)
  expect(db.get('SELECT version FROM m_report_states WHERE id = ?', idOf(2))).toEqual({ version: 1 })
  expect(host.logs.filter(({ event }) => event === 'digest_differs')).toHaveLength(1)
  expect(host.logs.some(({ event, data }) => event === 'resync' && data['reason'] === 'digest_differs')).toBe(
    true,
  )
  expect(db.get(`SELECT body FROM drafts`)).toEqual({ body: 'naskah' })
  expect(db.get(`SELECT count(*) AS n FROM link_log WHERE result = 'resync'`)).toEqual({ n: 1 })
  await engine.now(1000)
  expect(hub.effects.map(({ id }) => id)).toContain(mutationId)
  // A digest that never agrees must not turn into an endless fetch.
  hub.put('report', idOf(1), reportOf(1))
  setMeta(db, 'digest_due', JSON.stringify({ left: 0, misses: 0 }))
  link.twist = (request, answer) => {
    if (!request.url.endsWith('/exchange')) return answer
    const body = JSON.parse(Buffer.from(answer.body).toString()) as { digest: unknown }
    return answerOf(request, 200, { ...body, digest: body.digest && { count: 1, hash: 'f' } })
  }
  for (let i = 0; i < 10; i++) await engine.now(1000)
  expect(host.logs.filter(({ event }) => event === 'digest_differs')).toHaveLength(2)
})
