import { Worker } from 'node:worker_threads'
import type { FromWorker, HostCalls, HostFailure, HostMethod, PowerEvent, ToWorker } from '../core/index.ts'

/** The core in its worker thread, as main sees it. */
export interface CoreLink {
  dispatch(method: string, input: unknown): Promise<unknown>
  readAttachment(
    sha256: string,
    which: 'original' | 'thumb',
  ): Promise<{ mime: string; bytes: Uint8Array } | null>
  power(event: PowerEvent): void
  /** Resolves when the core has closed its database, or after `graceMs` at the latest. */
  stop(graceMs: number): Promise<void>
}

/** What main lends to the core, method by method. `startPracticeHub` also reports progress. */
export type Lent = {
  [M in Exclude<HostMethod, 'startPracticeHub'>]: (
    ...args: HostCalls[M]['args']
  ) => Promise<HostCalls[M]['answer']>
} & {
  startPracticeHub(
    onProgress: (step: string, done: number | null) => void,
  ): Promise<HostCalls['startPracticeHub']['answer']>
}

function failureOf(error: unknown): HostFailure {
  const { message, kind, code } = Object(error) as {
    message?: unknown
    kind?: HostFailure['kind']
    code?: unknown
  }
  return {
    message: typeof message === 'string' ? message : String(error),
    kind: kind ?? null,
    code: typeof code === 'string' ? code : null,
  }
}

/** Starts the worker and answers what it asks. A worker that dies answers every open call with `internal`. */
export function linkCore(options: {
  script: string
  start: Omit<Extract<ToWorker, { type: 'start' }>, 'type'>
  lent: Lent
  onStale: (topics: string[]) => void
  onLog: (event: string, data: Record<string, string | number | boolean | null>) => void
}): CoreLink {
  const worker = new Worker(options.script)
  const waiting = new Map<number, (value: unknown) => void>()
  let lastId = 0
  let alive = true
  let whenStopped: (() => void) | null = null

  const send = (message: ToWorker) => worker.postMessage(message)
  const ask = (make: (id: number) => ToWorker, whenDead: unknown) =>
    new Promise<unknown>((resolve) => {
      if (!alive) return resolve(whenDead)
      const id = ++lastId
      waiting.set(id, resolve)
      send(make(id))
    })
  const settle = (id: number, value: unknown) => {
    waiting.get(id)?.(value)
    waiting.delete(id)
  }
  const lend = async (message: Extract<FromWorker, { type: 'host' }>) => {
    const { id } = message
    try {
      const value =
        message.method === 'startPracticeHub'
          ? await options.lent.startPracticeHub((step, done) =>
              send({ type: 'host-progress', id, step, done }),
            )
          : await (options.lent[message.method] as (...args: unknown[]) => Promise<unknown>)(...message.args)
      send({ type: 'host-answer', id, ok: true, value })
    } catch (error) {
      send({ type: 'host-answer', id, ok: false, failure: failureOf(error) })
    }
  }
  const died = { ok: false, error: { code: 'internal', message: 'core stopped' } }

  worker.on('message', (message: FromWorker) => {
    if (message.type === 'answer') settle(message.id, message.answer)
    else if (message.type === 'attachment') settle(message.id, message.found)
    else if (message.type === 'host') void lend(message)
    else if (message.type === 'stale') options.onStale(message.topics)
    else if (message.type === 'log') options.onLog(message.event, message.data)
    else whenStopped?.()
  })
  worker.on('error', (error) => options.onLog('core_crashed', { message: error.message }))
  worker.on('exit', () => {
    alive = false
    for (const resolve of waiting.values()) resolve(died)
    waiting.clear()
    whenStopped?.()
  })
  send({ type: 'start', ...options.start })

  return {
    dispatch: (method, input) => ask((id) => ({ type: 'call', id, method, input }), died),
    readAttachment: async (sha256, which) => {
      const found = await ask((id) => ({ type: 'attachment', id, sha256, which }), null)
      return found && typeof found === 'object' && 'bytes' in found
        ? (found as { mime: string; bytes: Uint8Array })
        : null
    },
    power: (event) => {
      if (alive) send({ type: 'power', event })
    },
    stop: (graceMs) =>
      new Promise((resolve) => {
        if (!alive) return resolve()
        const timer = setTimeout(resolve, graceMs)
        whenStopped = () => {
          clearTimeout(timer)
          resolve()
        }
        send({ type: 'stop' })
      }),
  }
}
