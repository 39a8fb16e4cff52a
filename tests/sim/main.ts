import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { runWithCrew, workFor } from './crew.ts'
import { hubTemplate } from './hub-node.ts'
import type { Ground } from './run-plan.ts'
import { countTable } from './sometimes.ts'
import { runSeed, type Manner, type Outcome } from './seeds.ts'
import { sqlGround } from './sql-ground.ts'

/*
 * The simulator's program, started by scripts/sim.mjs:
 *   --seeds N  --from S     a range of seeds
 *   --seed S  --trace       one seed, with everything that happened
 *   --size F                steps per seed, as a share of the usual
 *   --stop-after N          ends after so many failing seeds (1)
 *   --twice N               runs every N-th seed again and compares the hashes
 *   --jobs N                worker processes (one per core; 1: none besides this one)
 *   --counts                how often each fault, act, receipt and recovery happened
 *   --no-shrink  --json
 */
const has = (name: string): boolean => process.argv.includes(`--${name}`)
const flag = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? fallback : Number(process.argv[at + 1])
}
const manner: Manner = {
  size: flag('size', 1),
  twice: flag('twice', 0),
  trace: has('trace'),
  shrinks: !has('no-shrink') && !has('json'),
}
const isWorker = process.env['MEJA_SIM_WORKER'] === '1'

async function groundIn(root: string): Promise<Ground> {
  return { root, template: await hubTemplate(root), database: sqlGround(root) }
}

async function work(root: string): Promise<number> {
  const ground = await groundIn(root)
  await workFor((seed) => runSeed(ground, seed, manner))
  return 0
}

async function main(root: string): Promise<number> {
  const only = flag('seed', -1)
  const from = only >= 0 ? only : flag('from', 1)
  const count = only >= 0 ? 1 : flag('seeds', 100)
  const jobs = Math.min(count, flag('jobs', availableParallelism()))
  const began = performance.now()
  const totals = new Map<string, number>()
  const failures: Outcome['failures'] = []
  let ran = 0
  let events = 0
  let failing = 0
  const tell = (outcome: Outcome): 'go on' | 'enough' => {
    ran++
    events += outcome.events
    failures.push(...outcome.failures)
    if (outcome.failures.length > 0) failing++
    for (const [what, n] of outcome.counts) totals.set(what, (totals.get(what) ?? 0) + n)
    if (!has('json')) {
      if (manner.trace) console.log(outcome.lines.join('\n'))
      for (const { seed, message } of outcome.failures) console.log(`seed ${seed}: ${message}`)
      if (!manner.trace && outcome.lines.length > 0) console.log(outcome.lines.join('\n'))
      if (only >= 0) console.log(`hash ${outcome.hash}`)
    }
    return failing < flag('stop-after', 1) ? 'go on' : 'enough'
  }
  if (jobs > 1) await runWithCrew({ from, count, jobs }, tell)
  else {
    const ground = await groundIn(root)
    for (let seed = from; seed < from + count; seed++)
      if (tell(await runSeed(ground, seed, manner)) === 'enough') break
  }
  const seconds = (performance.now() - began) / 1000
  if (has('counts') && !has('json')) console.log(countTable(totals).join('\n'))
  if (has('json')) console.log(JSON.stringify({ ran, failures, events, counts: Object.fromEntries(totals) }))
  else
    console.log(
      `${ran} seeds from ${from}, ${failing} failed, ${events} events, ${(ran / seconds).toFixed(1)} seeds/s` +
        (jobs > 1 ? ` in ${jobs} processes` : ''),
    )
  return failures.length > 0 ? 1 : 0
}

const root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'meja-sim-'))
try {
  process.exitCode = await (isWorker ? work(root) : main(root))
} finally {
  rmSync(root, { recursive: true, force: true })
  // Whoever gave the work is gone: a seed half run is of no use to anyone.
  if (isWorker) process.exit()
}
