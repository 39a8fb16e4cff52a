import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import type { Input, Method, Output } from '@shared/ipc/contract.ts'
import { createCore, type Core } from '../../electron/core/core.ts'
import { FetchError, type FetchAnswer, type FetchRequest, type Host } from '../../electron/core/host.ts'
import { nodeFetch } from '../fakes/node-fetch.ts'
import { CLERK, type BenchHub } from './bench-hub.ts'

/** Argon2id at its least: no bench measures the password. */
const CHEAP = { memoryKib: 64, passes: 1 }

type Line = { event: string; data: Record<string, unknown> }

/** The product's core on Node's own clock, timers and network. */
export interface Pc {
  core: Core
  /** False: nothing gets through. */
  link: boolean
  /** Called with every request that goes out, before it does. */
  onRequest: (request: FetchRequest) => void
  onLog: (line: Line) => void
  /** The value of a call; throws the code of a refusal. */
  call<M extends Method>(method: M, input: Input<M>): Promise<Output<M>>
}

/** Starts a core on a data folder. */
export function startPc(dataDir: string): Pc {
  const fetch = (request: FetchRequest): Promise<FetchAnswer> => {
    if (!pc.link) return Promise.reject(new FetchError('unreachable', 'no link'))
    pc.onRequest(request)
    return nodeFetch(request)
  }
  const core = createCore(
    hostOf(dataDir, fetch, (line) => pc.onLog(line)),
    CHEAP,
  )
  const pc: Pc = {
    core,
    link: true,
    onRequest: () => undefined,
    onLog: () => undefined,
    async call(method, input) {
      const answer = await core.dispatch(method, input)
      if (!answer.ok) throw new Error(`${method}: ${answer.error.code} (${answer.error.message})`)
      return answer.value as never
    },
  }
  core.start()
  return pc
}

/** Makes the core a PC of the office with its clerk at work; the mirror starts by itself. */
export async function enrolPc(pc: Pc, hub: Pick<BenchHub, 'url' | 'code' | 'password'>): Promise<void> {
  await pc.call('setup.enrol', { hubUrl: hub.url, code: await hub.code(), deviceName: 'PC ukur' })
  await pc.call('session.signIn', { personId: CLERK, password: hub.password })
}

const notHere = () => Promise.reject(new Error('not in a bench'))

function hostOf(dataDir: string, fetch: Host['fetch'], onLog: (line: Line) => void): Host {
  return {
    dataDir,
    resourcesDir: resolve(import.meta.dirname, '../../resources'),
    version: '0.0.0-bench',
    now: Date.now,
    random: (size) => new Uint8Array(randomBytes(size)),
    breathe: () => new Promise((done) => void setImmediate(done)),
    after(ms, run) {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    fetch,
    printPdf: notHere,
    printFile: notHere,
    pickFiles: notHere,
    saveFile: notHere,
    secrets: { protect: () => Promise.resolve(null), reveal: () => Promise.resolve(null) },
    startPracticeHub: notHere,
    stale: () => undefined,
    log: (event, data = {}) => onLog({ event, data }),
  }
}
