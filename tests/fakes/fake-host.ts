import { createHash } from 'node:crypto'
import type { FetchAnswer, FetchRequest, Host, PracticeHub } from '../../electron/core/host.ts'
import type { Topic } from '../../shared/ipc/topics.ts'

/** Monday 2 February 2026, 09:00 WIT. */
export const START = Date.UTC(2026, 1, 2, 0, 0, 0)

/** A host whose time stands still until a test moves it and whose randomness replays from `seed`. */
export interface FakeHost extends Host {
  /** Moves time on, running due timers in order. */
  advance(ms: number): void
  /** Timers not yet run. */
  timers(): number
  readonly staleTopics: Topic[]
  readonly logs: { event: string; data: Record<string, unknown> }[]
}

export interface FakeHostOptions {
  dataDir: string
  seed?: string
  resourcesDir?: string
  /** Default: endless room and no ballast. */
  storage?: Host['storage']
  fetch?: (request: FetchRequest) => Promise<FetchAnswer>
  startPracticeHub?: Host['startPracticeHub']
  pickFiles?: Host['pickFiles']
  /** Default: no threads, so nothing is checked. */
  checkFile?: Host['checkFile']
  /** False: an operating system without a secret store. */
  secretStore?: boolean
}

/** Makes a fake host. Everything that only Electron can do answers harmlessly unless the test gives its own. */
export function fakeHost(options: FakeHostOptions): FakeHost {
  let now = START
  let drawn = 0
  let timers: { at: number; run: () => void }[] = []
  const staleTopics: Topic[] = []
  const logs: FakeHost['logs'] = []
  const flip = (bytes: Uint8Array) => Uint8Array.from(bytes, (byte) => byte ^ 0x5a)
  return {
    dataDir: options.dataDir,
    resourcesDir: options.resourcesDir ?? options.dataDir,
    version: '0.0.0-test',
    storage: options.storage ?? {
      ballastBytes: 0,
      lowBytes: 0,
      freeBytes: () => Number.MAX_SAFE_INTEGER,
    },
    now: () => now,
    random(size) {
      const blocks = Array.from({ length: Math.ceil(size / 32) }, () =>
        createHash('sha256')
          .update(`${options.seed ?? 'seed'}:${drawn++}`)
          .digest(),
      )
      return Uint8Array.from(Buffer.concat(blocks).subarray(0, size))
    },
    after(ms, run) {
      const timer = { at: now + ms, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance(ms) {
      const end = now + ms
      for (;;) {
        const next = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        timers = timers.filter((other) => other !== next)
        now = Math.max(now, next.at)
        next.run()
      }
      now = end
    },
    timers: () => timers.length,
    checkFile: options.checkFile,
    staleTopics,
    logs,
    fetch: options.fetch ?? (() => Promise.reject(new Error('this test gave no fetch'))),
    printPdf: () => Promise.resolve(Buffer.from('%PDF-1.7\n%%EOF\n')),
    printFile: () => Promise.resolve(true),
    pickFiles: options.pickFiles ?? (() => Promise.resolve([])),
    saveFile: () => Promise.resolve(true),
    secrets: {
      protect: (plain) => Promise.resolve(options.secretStore === false ? null : flip(plain)),
      reveal: (sealed) => Promise.resolve(options.secretStore === false ? null : flip(sealed)),
    },
    startPracticeHub:
      options.startPracticeHub ??
      (() => Promise.reject<PracticeHub>(new Error('this test gave no practice hub'))),
    stale: (topics) => void staleTopics.push(...topics),
    log: (event, data = {}) => void logs.push({ event, data }),
  }
}
