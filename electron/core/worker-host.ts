import { FetchError, type Host } from './host.ts'
import type { FromWorker, HostCalls, HostFailure, HostMethod, ToWorker } from './worker-protocol.ts'

/** A host whose Electron parts answer over the port. */
export interface WorkerHost extends Host {
  receive(message: Extract<ToWorker, { type: 'host-answer' | 'host-progress' }>): void
}

interface Waiting {
  resolve(value: never): void
  reject(error: Error): void
  onProgress?: (step: string, done: number | null) => void
}

/** `local` is what a thread has itself: clock, randomness, timers. */
export function createWorkerHost(
  start: Pick<Extract<ToWorker, { type: 'start' }>, 'dataDir' | 'resourcesDir' | 'version'>,
  send: (message: FromWorker) => void,
  local: Pick<Host, 'now' | 'random' | 'after' | 'breathe' | 'checkFile'>,
): WorkerHost {
  const waiting = new Map<number, Waiting>()
  let lastId = 0

  const call = <M extends HostMethod>(
    method: M,
    args: HostCalls[M]['args'],
    onProgress?: Waiting['onProgress'],
  ): Promise<HostCalls[M]['answer']> =>
    new Promise((resolve, reject) => {
      const id = ++lastId
      waiting.set(id, { resolve, reject, onProgress })
      send({ type: 'host', id, method, args } as FromWorker)
    })

  return {
    dataDir: start.dataDir,
    resourcesDir: start.resourcesDir,
    version: start.version,
    ...local,
    fetch: (request) => call('fetch', [request]),
    dropConnections: () => void call('dropConnections', []).catch(() => undefined),
    printPdf: (request) => call('printPdf', [request]),
    printFile: (bytes, name) => call('printFile', [bytes, name]),
    pickFiles: (maxBytes) => call('pickFiles', [maxBytes]),
    saveFile: (name, bytes) => call('saveFile', [name, bytes]),
    secrets: {
      protect: (plain) => call('protect', [plain]),
      reveal: (sealed) => call('reveal', [sealed]),
    },
    startPracticeHub: (onProgress) => call('startPracticeHub', [], onProgress),
    stale: (topics) => send({ type: 'stale', topics }),
    log: (event, data = {}) => send({ type: 'log', event, data }),
    receive(message) {
      const call = waiting.get(message.id)
      if (message.type === 'host-progress') return call?.onProgress?.(message.step, message.done)
      waiting.delete(message.id)
      if (message.ok) call?.resolve(message.value as never)
      else call?.reject(errorOf(message.failure))
    },
  }
}

/** Errors lose their class between threads; their kind and code come along as data. */
function errorOf({ message, kind, code }: HostFailure): Error {
  if (kind) return new FetchError(kind, message)
  return Object.assign(new Error(message), code ? { code } : {})
}
