import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Input, Method, Output } from '@shared/ipc/contract.ts'
import { contract } from '@shared/ipc/contract.ts'
import { createCore, type Core } from '../../electron/core/core.ts'
import { fakeHost, type FakeHost, type FakeHostOptions } from '../fakes/fake-host.ts'
import { nodeFetch } from '../fakes/node-fetch.ts'
import { testFolder } from './make-desk.ts'

/** Argon2id at its least: what is tested is the path, not the cost. */
export const CHEAP = { memoryKib: 64, passes: 1 }

/** A core as the renderer sees it. */
export interface TestCore {
  core: Core
  host: FakeHost
  dataDir: string
  /** The value of a call; a refusal throws an Error whose message is its code. */
  call<M extends Method>(method: M, input: Input<M>): Promise<Output<M>>
  /** The code of a refused call. */
  refusal<M extends Method>(method: M, input: Input<M>): Promise<string>
  /** Ends this core and starts another on the same folder. */
  restart(): TestCore
}

/** A core that is started, with Node's network; stopped after the test. */
export function makeCore(options: Partial<FakeHostOptions> = {}): TestCore {
  const dataDir = options.dataDir ?? testFolder()
  const resourcesDir = options.resourcesDir ?? join(dataDir, 'resources')
  if (!options.resourcesDir) {
    mkdirSync(join(resourcesDir, 'practice'), { recursive: true })
    writeFileSync(
      join(resourcesDir, 'practice', 'bootstrap.json'),
      JSON.stringify({ password: 'rahasia-uji' }),
    )
  }
  const host = fakeHost({ fetch: nodeFetch, ...options, resourcesDir, dataDir })
  const core = createCore(host, CHEAP)
  core.start()
  onTestFinished(() => core.stop())
  return {
    core,
    host,
    dataDir,
    async call(method, input) {
      const answer = await core.dispatch(method, input)
      if (!answer.ok) throw new Error(`${answer.error.code} (${answer.error.message})`)
      return contract[method].output.parse(answer.value) as never
    },
    async refusal(method, input) {
      const answer = await core.dispatch(method, input)
      return answer.ok ? 'ok' : answer.error.code
    },
    restart() {
      core.stop()
      return makeCore({ ...options, dataDir, seed: `${options.seed ?? 'seed'}'` })
    },
  }
}
