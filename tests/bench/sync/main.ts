/** `npm run bench:sync`: the sync beside other engines and beside its own limits. Prints; judges against the goals. */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { load } from '../stats.ts'
import { benchBlocking } from './blocking-part.ts'
import { printGrowth } from './growth-part.ts'
import { printGoals, type Found } from './goals.ts'
import { benchIdle } from './idle-part.ts'
import { benchLink } from './link-part.ts'
import { benchMirrors } from './mirror-part.ts'
import { HELP, readOptions, type Options, type Part } from './options.ts'

const options = ask()
if (options) await run(options)
else console.log(HELP)
// Playwright and open long polls would keep the process for a while.
process.exit()

/** What was asked for; who asks for what there is not gets one line and the help. */
function ask(): Options | null {
  try {
    return readOptions(process.argv.slice(2))
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}

async function run({ parts, reports, rounds, entrants, peers, inApp }: Options): Promise<void> {
  const started = performance.now()
  console.log(
    `Meja Lapor bench:sync, Node ${process.version}, ${availableParallelism()} processors, load ${load()}. Ratios count; single times move with the load.\n` +
      'Each client is a process of its own and so is each server; bytes and round trips are counted on a line between them.',
  )
  const work = mkdtempSync(join(tmpdir(), 'meja-sync-'))
  const found: Found = { mirrors: new Map() }
  const acts: Record<Part, () => Promise<unknown>> = {
    async mirror() {
      for (const count of reports) found.mirrors.set(count, await benchMirrors(entrants, count, rounds, work))
      printGrowth(found.mirrors)
    },
    link: async () => (found.link = await benchLink(work, peers)),
    blocking: async () => (found.blocking = await benchBlocking(inApp, work)),
    idle: async () => (found.idle = await benchIdle(work)),
  }
  for (const part of parts) await section(part, acts[part])
  rmSync(work, { recursive: true, force: true })
  printGoals(found)
  console.log(`\ndone in ${((performance.now() - started) / 60_000).toFixed(1)} min, load ${load()}`)
}

/** One part that cannot be measured does not take the others with it. */
async function section(name: string, act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    process.exitCode = 1
    console.error(`${name} could not be measured:`, error)
  }
}
