import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { parentPort } from 'node:worker_threads'
import { createCore, type Core } from './core.ts'
import { checkInThread } from './db/check-thread.ts'
import { createWorkerHost, type WorkerHost } from './worker-host.ts'
import type { FromWorker, ToWorker } from './worker-protocol.ts'

/** Entry of the core's thread: joins the core to the real clock, real randomness and what main lends over the port. */
const port = parentPort
if (!port) throw new Error('the core runs in a worker thread')

let core: Core | null = null
let host: WorkerHost | null = null
const send = (message: FromWorker) => port.postMessage(message)

port.on('message', (message: ToWorker) => {
  if (message.type === 'start') {
    host = createWorkerHost(message, send, {
      now: () => Date.now() + message.clockOffsetMs,
      random: (size) => new Uint8Array(randomBytes(size)),
      breathe: () => new Promise((done) => void setImmediate(done)),
      checkFile: checkInThread(join(import.meta.dirname, 'check-worker.js')),
      after: (ms, run) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
    })
    core = createCore(host)
    core.start()
  } else if (core && host) void receive(core, host, message)
})

async function receive(
  core: Core,
  host: WorkerHost,
  message: Exclude<ToWorker, { type: 'start' }>,
): Promise<void> {
  switch (message.type) {
    case 'call':
      return send({
        type: 'answer',
        id: message.id,
        answer: await core.dispatch(message.method, message.input),
      })
    case 'attachment':
      return send({ type: 'attachment', id: message.id, found: found(core, message.sha256, message.which) })
    case 'host-answer':
    case 'host-progress':
      return host.receive(message)
    case 'power':
      return core.power(message.event)
    case 'stop':
      core.stop()
      send({ type: 'stopped' })
      port?.close()
  }
}

function found(core: Core, sha256: string, which: 'original' | 'thumb') {
  try {
    return core.readAttachment(sha256, which)
  } catch {
    return null
  }
}
