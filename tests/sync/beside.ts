import { expect, vi } from 'vitest'
import type { Desk } from '../../electron/core/desk.ts'
import { FetchError, type FetchAnswer, type FetchRequest } from '../../electron/core/host.ts'
import { httpHubClient, httpHubDoor } from '../../electron/core/hub-client/http.ts'
import { enqueue } from '../../electron/core/outbox/enqueue.ts'
import { createSyncEngine } from '../../electron/core/sync/sync-engine.ts'
import { makeDesk } from '../core/make-desk.ts'
import { idOf, people, reportOf, reportStateOf, settings } from '../core/sample.ts'
import { FAKE_PASSWORD, fakeHub } from '../fakes/fake-hub.ts'

/** What a test makes of an answer on its way. */
type Twist = (request: FetchRequest, answer: FetchAnswer) => FetchAnswer

/** A desk and its engine beside a hub in memory; time moves only when told. */
export async function beside({ isLow }: { isLow?: () => boolean } = {}) {
  const hub = fakeHub(Object.values(people))
  hub.put('settings', 'PUPR', settings)
  for (const n of [1, 2, 3]) {
    hub.put('report', idOf(n), reportOf(n))
    hub.put('report_state', idOf(n), reportStateOf(n))
  }
  const link = {
    up: true,
    requests: [] as string[],
    hold: null as Promise<void> | null,
    twist: null as Twist | null,
  }
  const office = makeDesk({
    bare: true,
    fetch: async (request) => {
      link.requests.push(request.url.split('/').at(-1)!.split('?')[0]!)
      if (!link.up) throw new FetchError('unreachable', 'no link')
      const answer = await hub.fetch(request)
      if (link.hold) await link.hold
      return link.twist ? link.twist(request, answer) : answer
    },
  })
  const { db, host } = office
  const given = await httpHubDoor(host, hub.url).enrol(hub.code(), 'PC')
  const client = httpHubClient(host, { url: hub.url, hubId: given.hubId, deviceToken: given.deviceToken })
  const { token } = await client.signIn(people.clerk.id, FAKE_PASSWORD)
  db.run('INSERT INTO sessions (person_id, token, expires_at) VALUES (?, ?, 0)', people.clerk.id, token)
  const projection = () => ({ now: host.now(), settings: office.desk.settings() })
  const { stale } = host
  const engine = createSyncEngine({ db, host, client, carrier: 'https', isLow, projection, stale })
  const desk: Desk = { ...office.desk, wake: () => engine.work() }
  const phase = (wanted: string) => vi.waitFor(() => expect(engine.state().phase).toBe(wanted))
  const exchanges = () => link.requests.filter((path) => path === 'exchange').length
  const note = (n: number, holdMs?: number) =>
    enqueue(desk, {
      kind: 'report.note',
      reportId: idOf(n),
      baseVersion: 1,
      payload: { text: `catatan ${n}` },
      holdMs,
    })
  return { ...office, hub, link, engine, desk, phase, exchanges, note }
}
