import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hubTemplate } from './hub-node.ts'
import { planOf } from './plan.ts'
import { runPlan, type Ground, type Result } from './run-plan.ts'
import { shrink } from './shrink.ts'
import { DeskDied } from './sim-db.ts'
import { sqlGround } from './sql-ground.ts'

/*
 * The simulator's program, started by scripts/sim.mjs:
 *   --seeds N  --from S     a range of seeds
 *   --seed S  --trace       one seed, with everything that happened
 *   --size F                steps per seed, as a share of the usual
 *   --stop-after N          ends after so many failing seeds (1)
 *   --twice N               runs every N-th seed again and compares the hashes
 *   --no-shrink  --counts  --json
 */
const has = (name: string): boolean => process.argv.includes(`--${name}`)
const flag = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? fallback : Number(process.argv[at + 1])
}

// What a dead process would still have done is nobody's loss; anything else that nobody caught is a defect.
let stray: Error | null = null
process.on('unhandledRejection', (error) => {
  if (!(error instanceof DeskDied)) stray ??= error instanceof Error ? error : new Error('not an error')
})

async function explain(ground: Ground, { seed, violation }: Result, size: number): Promise<void> {
  if (!violation || has('no-shrink')) return
  const plan = planOf(seed, size)
  const { plan: small, result } = await shrink(ground, plan, violation.rule)
  console.log(`  shrunk from ${plan.steps.length} to ${small.steps.length} steps, ${small.desks} desks:`)
  const told = result.lines.filter((line) => !/ log \S+ exchange | receipt /.test(line))
  for (const line of told.slice(-60)) console.log(`  ${line.slice(0, 220)}`)
}

async function main(root: string): Promise<number> {
  const ground: Ground = { root, template: await hubTemplate(root), database: sqlGround(root) }
  const only = flag('seed', -1)
  const from = only >= 0 ? only : flag('from', 1)
  const count = only >= 0 ? 1 : flag('seeds', 100)
  const size = flag('size', 1)
  const twice = flag('twice', 0)
  const began = performance.now()
  const totals = new Map<string, number>()
  const failures: { seed: number; rule: string; message: string }[] = []
  const fail = (seed: number, rule: string, message: string) => {
    failures.push({ seed, rule, message })
    if (!has('json')) console.log(`seed ${seed}: ${message}`)
  }
  let ran = 0
  let events = 0
  for (let seed = from; seed < from + count && failures.length < flag('stop-after', 1); seed++) {
    const plan = planOf(seed, size)
    const result = await runPlan(ground, plan, has('trace'))
    ran++
    events += result.events
    for (const [what, n] of result.counts) totals.set(what, (totals.get(what) ?? 0) + n)
    if (has('trace')) console.log(result.lines.join('\n'))
    if (result.violation) {
      fail(seed, result.violation.rule, result.violation.message)
      if (!has('json')) await explain(ground, result, size)
    }
    if (stray) fail(seed, 'BUG', `nobody caught ${String(stray.stack)}`)
    stray = null
    if (twice > 0 && seed % twice === 0) {
      const again = await runPlan(ground, plan)
      if (again.hash !== result.hash) fail(seed, 'DETERMINISM', `${result.hash} and then ${again.hash}`)
    }
    if (only >= 0) console.log(`hash ${result.hash}`)
  }
  const seconds = (performance.now() - began) / 1000
  if (has('counts')) console.log(Object.fromEntries([...totals].sort(([a], [b]) => (a < b ? -1 : 1))))
  if (has('json')) console.log(JSON.stringify({ ran, failures, events, counts: Object.fromEntries(totals) }))
  else
    console.log(
      `${ran} seeds from ${from}, ${failures.length} failed, ${events} events, ${(ran / seconds).toFixed(1)} seeds/s`,
    )
  return failures.length > 0 ? 1 : 0
}

const root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'meja-sim-'))
try {
  process.exitCode = await main(root)
} finally {
  rmSync(root, { recursive: true, force: true })
}
