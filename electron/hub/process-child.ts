import type { Log } from './context.ts'
import { explainFailure } from './failures.ts'
import { openHub } from './open-hub.ts'
import type { RunningHub } from './server.ts'

/** Electron's port to the app, as far as it is used here. */
export interface ParentPort {
  on(event: 'message', listener: (message: { data: unknown }) => void): void
  postMessage(message: unknown): void
}

/** What the app asks. */
export type ChildRequest =
  | {
      type: 'start'
      dataDir: string
      cacheDir: string
      port: number
      seedDir?: string
      practice?: boolean
      name?: string
    }
  | { type: 'stop' }

/** What it hears back. `done` runs from 0 to 1, null when it cannot be told. */
export type ChildReport =
  | { type: 'progress'; step: string; done: number | null }
  | { type: 'ready'; url: string; adminToken: string }
  | { type: 'failed'; code: string; message: string }

const TROUBLE = [
  'error',
  'mutation_failed',
  'bad_mutation',
  'job_failed',
  'practice_loaded',
  'practice_engine',
  'pictures_unavailable',
]
/** The app keeps what this writes; only what someone would look for goes there. */
const log: Log = (line) => {
  if (TROUBLE.includes(line.event)) process.stderr.write(`${JSON.stringify(line)}\n`)
}

/** Serves the practice hub on loopback until the app says stop or goes away. */
export function runChild(
  port: ParentPort,
  random: (bytes: number) => Uint8Array,
  exit: (code: number) => void,
): void {
  const tell = (report: ChildReport) => port.postMessage(report)
  let starting: Promise<RunningHub | null> | null = null
  const start = async (wanted: Extract<ChildRequest, { type: 'start' }>) => {
    try {
      const opening = openHub({
        ...wanted,
        host: '127.0.0.1',
        practice: wanted.practice ?? true,
        random,
        log,
        onProgress: (step, done) => tell({ type: 'progress', step, done }),
      })
      starting = opening.then(
        ({ hub }) => hub,
        () => null,
      )
      const { url, hub } = await opening
      tell({ type: 'ready', url, adminToken: hub.adminToken })
    } catch (error) {
      starting = null
      tell({ type: 'failed', ...explainFailure(error) })
    }
  }
  const stop = async () => {
    const hub = await starting
    await hub?.close().catch(() => undefined)
    exit(0)
  }
  port.on('message', ({ data }) => {
    const request = data as ChildRequest
    if (request.type === 'start' && !starting) void start(request)
    if (request.type === 'stop') void stop()
  })
}
