import type { FetchAnswer, FetchRequest } from '../../../electron/core/host.ts'
import { FetchError } from '../../../electron/core/host.ts'
import { FAKE_PASSWORD, fakeHub, type FakeHub } from '../../fakes/fake-hub.ts'
import type { FakeHostOptions } from '../../fakes/fake-host.ts'
import { makeCore, type TestCore } from '../make-core.ts'
import { idOf, officeChanges, people, reportOf, reportStateOf } from '../sample.ts'

/** A PC and its hub in memory, and a switch for the link. */
export interface Pc extends TestCore {
  hub: FakeHub
  link: { up: boolean; answer: ((request: FetchRequest) => FetchAnswer | null) | null }
  again(): Pc
}

/** A hub with the sample office and three reports. */
export function sampleHub(): FakeHub {
  const hub = fakeHub(Object.values(people))
  for (const change of officeChanges())
    if (change.kind !== 'person') hub.put(change.kind, change.id, change.body)
  for (const n of [1, 2, 3]) {
    hub.put('report', idOf(n), reportOf(n))
    hub.put('report_state', idOf(n), reportStateOf(n))
  }
  return hub
}

/** A PC that has never met its hub. */
export function freshPc(options: Partial<FakeHostOptions> = {}, hub = sampleHub()): Pc {
  const link: Pc['link'] = { up: true, answer: null }
  const fetch = (request: FetchRequest) => {
    const given = link.answer?.(request)
    if (given) return Promise.resolve(given)
    return link.up ? hub.fetch(request) : Promise.reject(new FetchError('unreachable', 'no link'))
  }
  const wrap = (pc: TestCore): Pc => ({ ...pc, hub, link, again: () => wrap(pc.restart()) })
  return wrap(makeCore({ fetch, ...options }))
}

/** A PC enrolled at its hub; nobody has signed in yet. */
export async function enrolledPc(options: Partial<FakeHostOptions> = {}): Promise<Pc> {
  const pc = freshPc(options)
  await pc.call('setup.enrol', { hubUrl: pc.hub.url, code: pc.hub.code(), deviceName: 'PC uji' })
  return pc
}

/** A PC at which the clerk works, with everything mirrored. */
export async function clerksPc(options: Partial<FakeHostOptions> = {}): Promise<Pc> {
  const pc = await enrolledPc(options)
  await pc.call('session.signIn', { personId: people.clerk.id, password: FAKE_PASSWORD })
  await pc.call('sync.now', {})
  return pc
}
