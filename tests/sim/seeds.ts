import { planOf } from './plan.ts'
import { runPlan, type Ground, type Result } from './run-plan.ts'
import { shrink } from './shrink.ts'
import { DeskDied } from './sim-db.ts'

/** How seeds are run. */
export interface Manner {
  /** Steps per seed, as a share of the usual. */
  size: number
  /** Every n-th seed runs again and must give the same hash; 0: none. */
  twice: number
  /** Keeps everything that happened. */
  trace: boolean
  /** Looks for a shorter trace of a failing seed. */
  shrinks: boolean
}

/** What came of one seed; plain data, so that a worker can send it. */
export interface Outcome {
  seed: number
  hash: string
  events: number
  counts: [what: string, n: number][]
  failures: { seed: number; rule: string; message: string }[]
  /** The whole trace, or the shrunk one of a failure. */
  lines: string[]
}

// What a dead process would still have done is nobody's loss; anything else that nobody caught is a defect.
let stray: Error | null = null
process.on('unhandledRejection', (error) => {
  if (!(error instanceof DeskDied)) stray ??= error instanceof Error ? error : new Error('not an error')
})

/** Runs a seed to its verdict. */
export async function runSeed(ground: Ground, seed: number, manner: Manner): Promise<Outcome> {
  const result = await runPlan(ground, planOf(seed, manner.size), manner.trace)
  const failures: Outcome['failures'] = []
  const fail = (rule: string, message: string) => failures.push({ seed, rule, message })
  const lines = manner.trace ? [...result.lines] : []
  if (result.violation) {
    fail(result.violation.rule, result.violation.message)
    if (manner.shrinks) lines.push(...(await shorter(ground, result, manner.size)))
  }
  if (stray) fail('BUG', `nobody caught ${String(stray.stack)}`)
  stray = null
  if (manner.twice > 0 && seed % manner.twice === 0) {
    const again = await runPlan(ground, planOf(seed, manner.size))
    if (again.hash !== result.hash) fail('DETERMINISM', `${result.hash} and then ${again.hash}`)
  }
  return { seed, hash: result.hash, events: result.events, counts: [...result.counts], failures, lines }
}

async function shorter(ground: Ground, { seed, violation }: Result, size: number): Promise<string[]> {
  const plan = planOf(seed, size)
  const { plan: small, result } = await shrink(ground, plan, violation!.rule)
  const told = result.lines.filter((line) => !/ log \S+ exchange | receipt /.test(line))
  return [
    `  shrunk from ${plan.steps.length} to ${small.steps.length} steps, ${small.desks} desks:`,
    ...told.slice(-60).map((line) => `  ${line.slice(0, 220)}`),
  ]
}
