import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, vi } from 'vitest'
import { startHub, type TestHub } from '../hub/start-hub.ts'
import { PASSWORD, PEOPLE } from '../hub/small-regency.ts'
import { makeCore, type TestCore } from '../core/make-core.ts'
import type { FetchAnswer, FetchRequest } from '../../electron/core/host.ts'
import { FetchError } from '../../electron/core/host.ts'
import type { Desk } from '../../electron/core/desk.ts'
import { nodeFetch } from '../fakes/node-fetch.ts'

/** What happens to the next requests that match. */
export type Fault = (request: FetchRequest, go: () => Promise<FetchAnswer>) => Promise<FetchAnswer>

/** The link between a desk and its hub, which a test can break. */
export interface Link {
  fetch: (request: FetchRequest) => Promise<FetchAnswer>
  /** Applied to every request while set. */
  fault: Fault | null
  requests: FetchRequest[]
}

/** The hub answers and nobody hears it. */
export const lostAnswer: Fault = async (_request, go) => {
  await go()
  throw new FetchError('unreachable', 'answer lost')
}

/** Nothing gets through. */
export const noLink: Fault = () => Promise.reject(new FetchError('unreachable', 'no link'))

export function makeLink(): Link {
  const link: Link = {
    fault: null,
    requests: [],
    fetch: (request) => {
      link.requests.push(request)
      const go = () => nodeFetch(request)
      return link.fault ? link.fault(request, go) : go()
    },
  }
  return link
}

/** A real hub with the small regency, stopped after the test. */
export async function realHub(): Promise<TestHub> {
  const hub = await startHub()
  onTestFinished(() => hub.stop())
  return hub
}

/** A PC of the agency with its link. */
export interface LinkedCore extends TestCore {
  link: Link
  /** Resolves when no exchange is running. */
  idle(): Promise<void>
  /** The same PC switched off and on again. */
  again(): Promise<LinkedCore>
}

/** The desk behind a core, for what no call offers. */
export const deskOf = (pc: TestCore): Desk => {
  const desk = pc.core.desk()
  if (!desk) throw new Error('locked')
  return desk
}

/** A PC enrolled at the hub, with a person signed in and everything mirrored. */
export async function enrolledCore(
  hub: TestHub,
  person: { id: string; agencyId: string } = PEOPLE.clerk,
  link = makeLink(),
): Promise<LinkedCore> {
  const pc = linked(makeCore({ fetch: link.fetch, seed: randomUUID() }), link)
  await pc.call('setup.enrol', {
    hubUrl: hub.url,
    code: await hub.code(person.agencyId),
    deviceName: 'PC uji',
  })
  await pc.call('session.signIn', { personId: person.id, password: PASSWORD })
  await pc.call('sync.now', {})
  return pc
}

function linked(pc: TestCore, link: Link): LinkedCore {
  return {
    ...pc,
    link,
    idle: () =>
      vi.waitFor(async () => expect((await pc.call('sync.status', {})).phase).not.toBe('exchanging')),
    again: () => Promise.resolve(linked(pc.restart(), link)),
  }
}
