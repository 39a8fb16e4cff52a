/** `npm run bench:quick`: how long the things take that people wait for. Prints; judges nothing. */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { openBenchHub } from './bench-hub.ts'
import { benchInbox } from './inbox.ts'
import { benchMirror } from './mirror.ts'
import { runOnce, type RunOrder } from './mirror-run.ts'
import { benchRoundTrips } from './round-trips.ts'
import { benchStart } from './start.ts'
import { load } from './stats.ts'

const CACHE = resolve(import.meta.dirname, '../../.cache')
const REPORTS = 20_000

async function main(): Promise<void> {
  const started = performance.now()
  console.log(
    `Meja Lapor bench:quick, Node ${process.version}, ${availableParallelism()} processors, load ${load()}. Ratios count; single times move with the load.`,
  )
  const work = mkdtempSync(join(tmpdir(), 'meja-bench-'))
  try {
    await section('start', () => benchStart(CACHE))
    await section('mirror and inbox', () => benchMirrorAndInbox(work))
    await section('round trips', () => benchRoundTrips(work))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  console.log(`\ndone in ${((performance.now() - started) / 1000).toFixed(0)} s, load ${load()}`)
}

async function benchMirrorAndInbox(work: string): Promise<void> {
  const hub = await openBenchHub(join(CACHE, 'bench-hub-20k'), REPORTS)
  let mirrored: string
  try {
    mirrored = await benchMirror(hub, work)
  } finally {
    await hub.stop()
  }
  await benchInbox(mirrored, hub.password)
}

/** One part that cannot be measured does not take the others with it. */
async function section(name: string, act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    process.exitCode = 1
    console.error(`${name} could not be measured:`, error)
  }
}

if (process.argv[2] === '--run') {
  const order = JSON.parse(process.argv[3]!) as RunOrder
  console.log(JSON.stringify(await runOnce(order)))
  // The engine's long poll would keep the process for its whole patience.
  process.exit(0)
}
await main()
// Playwright and open long polls would keep the process for a while.
process.exit()
