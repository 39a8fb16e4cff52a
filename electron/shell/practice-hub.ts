import { mkdirSync } from 'node:fs'
import { utilityProcess, type UtilityProcess } from 'electron'

/** The practice hub as a process of its own, so that its database never blocks the window. */
export interface PracticeHubHandle {
  start(onProgress: (step: string, done: number | null) => void): Promise<{ url: string; adminToken: string }>
  stop(): Promise<void>
}

type Report =
  | { type: 'progress'; step: string; done: number | null }
  | { type: 'ready'; url: string; adminToken: string }
  | { type: 'failed'; code: string; message: string }

/** `script` is the built hub process; data lie durably in `dataDir`, the initialised template in `cacheDir`. */
export function createPracticeHub(options: {
  script: string
  dataDir: string
  cacheDir: string
  seedDir: string
  log: (event: string, data?: Record<string, string | number>) => void
}): PracticeHubHandle {
  let child: UtilityProcess | null = null
  let running: Promise<{ url: string; adminToken: string }> | null = null

  const launch = (onProgress: (step: string, done: number | null) => void) =>
    new Promise<{ url: string; adminToken: string }>((resolve, reject) => {
      mkdirSync(options.dataDir, { recursive: true })
      const started = utilityProcess.fork(options.script, [], { serviceName: 'hub latihan', stdio: 'pipe' })
      child = started
      started.stdout?.resume()
      started.stderr?.on('data', (chunk: Buffer) =>
        options.log('practice_hub_stderr', { line: chunk.toString('utf8').slice(0, 500) }),
      )
      started.on('message', (report: Report) => {
        if (report.type === 'progress') onProgress(report.step, report.done)
        else if (report.type === 'ready') resolve({ url: report.url, adminToken: report.adminToken })
        else reject(Object.assign(new Error(report.message), { code: report.code }))
      })
      started.on('exit', (code) => {
        child = null
        running = null
        options.log('practice_hub_exit', { code })
        reject(new Error(`practice hub ended with code ${code}`))
      })
      started.postMessage({
        type: 'start',
        dataDir: options.dataDir,
        cacheDir: options.cacheDir,
        seedDir: options.seedDir,
        port: 0,
        practice: true,
      })
    })

  return {
    start(onProgress) {
      running ??= launch(onProgress).catch((error: unknown) => {
        running = null
        throw error
      })
      return running
    },
    async stop() {
      const ending = child
      if (!ending) return
      await new Promise<void>((resolve) => {
        // Quitting never waits: a hub that does not close by itself in time is ended.
        const timer = setTimeout(() => ending.kill(), 1500)
        ending.once('exit', () => {
          clearTimeout(timer)
          resolve()
        })
        ending.postMessage({ type: 'stop' })
      })
    },
  }
}
