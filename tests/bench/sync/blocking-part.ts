import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ElectronApplication, Page } from '@playwright/test'
import { CLERK } from '../bench-hub.ts'
import { launch } from '../start.ts'
import { millis, printTable } from '../stats.ts'
import { ROOT } from './data.ts'
import { serve, type Served } from './measure.ts'

/** Changes come in so many lots of a hundred. */
const LOTS = 20
const CHANGES = 100
const BASE_MS = 5000

/** A stage of the app's life, as its main process saw it; milliseconds. */
export interface Stage {
  what: string
  /** How late its timers came, for whatever reason. */
  late: { p50: number; p99: number; max: number }
  /** How long it was itself at work between two chances for another task; null where the system does not tell. */
  blocked: { p99: number; max: number } | null
  seconds: number
}

/** The real app mirrors a real hub with `count` reports and takes changes, while its main process is watched. */
export async function benchBlocking(count: number, work: string): Promise<Stage[]> {
  const served = await serve('hub', count)
  const profile = join(work, 'desk')
  mkdirSync(profile, { recursive: true })
  const { app, page } = await launch(ROOT, profile)
  try {
    const rows = await watchStages(app, page, served, count)
    const words = (ms?: number) => (ms === undefined ? '?' : millis(ms))
    printTable(`Electron's main process while ${count} reports come from a real hub`, [
      ['', 'late p50', 'p99', 'max', 'blocked p99', 'max', 'over'],
      ...rows.map(({ what, late, blocked, seconds }) => [
        what,
        ...[late.p50, late.p99, late.max, blocked?.p99, blocked?.max].map(words),
        `${seconds.toFixed(0)} s`,
      ]),
    ])
    console.log(
      '  late: all that kept a 1 ms timer waiting, other processes included; blocked: what the thread itself ran on its processor meanwhile (it reads and writes no file of the desk)',
    )
    return rows
  } finally {
    await app.close()
    await served.apart.end()
  }
}

async function watchStages(
  app: ElectronApplication,
  page: Page,
  served: Served,
  count: number,
): Promise<Stage[]> {
  const { hub, apart } = served
  const call = (method: string, input: unknown) => invoke(page, method, input)
  const url = `http://127.0.0.1:${hub!.port}`
  await call('setup.enrol', { hubUrl: url, code: await apart.do('code'), deviceName: 'PC ukur' })
  await sleep(3000)
  const rows = [await watch(app, 'nothing to do (what this machine itself adds)', () => sleep(BASE_MS))]
  await call('session.signIn', { personId: CLERK, password: hub!.password })
  rows.push(
    await watch(app, 'first mirror', async () => {
      while (!((await call('sync.status', {})) as { mirrorComplete: boolean }).mirrorComplete)
        await sleep(1000)
    }),
  )
  const { total } = (await call('reports.list', { view: 'all', limit: 1 })) as { total: number }
  if (total !== count) throw new Error(`the app holds ${total} reports of ${count}`)
  rows.push(await watch(app, 'while the search index is made afterwards', () => sleep(count / 10)))
  rows.push(
    await watch(app, `${LOTS} × ${CHANGES} changes, one lot a second`, async () => {
      for (let lot = 0; lot < LOTS; lot++) {
        await apart.do('change', { count: CHANGES })
        await sleep(1000)
      }
    }),
  )
  return rows
}

/** A call as the page makes it; throws a refusal. */
async function invoke(page: Page, method: string, input: unknown): Promise<unknown> {
  const words = `window.bridge.invoke(${JSON.stringify(method)}, ${JSON.stringify(input)})`
  const answer = await page.evaluate<{ ok: boolean; value?: unknown; error?: { code: string } }>(words)
  if (!answer.ok) throw new Error(`${method}: ${answer.error?.code}`)
  return answer.value
}

/** Watches the main process's event loop while `act` runs. */
async function watch(app: ElectronApplication, what: string, act: () => Promise<unknown>): Promise<Stage> {
  await app.evaluate(startWatching)
  await act()
  return { what, ...(await app.evaluate(stopWatching)) }
}

type Watching = { stop: () => Omit<Stage, 'what'> }

// Both run in Electron's main process and reach nothing of this file.
function startWatching(): void {
  const { closeSync, openSync, readSync } = process.getBuiltinModule('node:fs')
  const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks')
  const open = (): number | null => {
    try {
      return openSync(`/proc/self/task/${process.pid}/schedstat`, 'r')
    } catch {
      return null
    }
  }
  const file = open()
  const text = Buffer.alloc(80)
  /** Time the main thread has run on a processor, ms. */
  const ran = () => Number(text.toString('latin1', 0, readSync(file!, text, 0, 80, 0)).split(' ')[0]) / 1e6
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const blocks: number[] = []
  const begun = performance.now()
  let before = file === null ? 0 : ran()
  let timer: NodeJS.Timeout | undefined
  const look = () => {
    const now = ran()
    blocks.push(now - before)
    before = now
    timer = setTimeout(look, 1)
  }
  if (file !== null) timer = setTimeout(look, 1)
  delay.enable()
  const watching: Watching = {
    stop() {
      clearTimeout(timer)
      delay.disable()
      if (file !== null) closeSync(file)
      const ms = (ns: number) => ns / 1e6
      const sorted = blocks.sort((a, b) => a - b)
      return {
        late: { p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) },
        blocked:
          file === null
            ? null
            : { p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0, max: sorted.at(-1) ?? 0 },
        seconds: (performance.now() - begun) / 1000,
      }
    },
  }
  Object.assign(globalThis, { watching })
}

function stopWatching(): Omit<Stage, 'what'> {
  return (globalThis as unknown as { watching: Watching }).watching.stop()
}
