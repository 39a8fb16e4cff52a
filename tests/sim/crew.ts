import { fork } from 'node:child_process'
import type { Outcome } from './seeds.ts'

/**
 * Runs `count` seeds from `from` in `jobs` processes of this program and tells the outcomes in the order of the seeds,
 * until `tell` says that it has heard enough. What a seed does never depends on who runs it.
 */
export async function runWithCrew(
  { from, count, jobs }: { from: number; count: number; jobs: number },
  tell: (outcome: Outcome) => 'go on' | 'enough',
): Promise<void> {
  const early = new Map<number, Outcome>()
  let next = from
  let toTell = from
  let over = false
  const end = from + count

  const heard = (outcome: Outcome): void => {
    early.set(outcome.seed, outcome)
    for (let turn = early.get(toTell); turn && !over; turn = early.get(++toTell)) {
      early.delete(toTell)
      over = tell(turn) === 'enough'
    }
  }
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = fork(process.argv[1]!, process.argv.slice(2), {
        // The default young generation is collected twice per seed.
        execArgv: [...process.execArgv, '--max-semi-space-size=16'],
        env: { ...process.env, MEJA_SIM_WORKER: '1' },
      })
      const give = (): void => {
        if (over || next >= end) worker.disconnect()
        else worker.send(next++)
      }
      worker.on('message', (message: Outcome | 'ready') => {
        if (message !== 'ready') heard(message)
        give()
      })
      worker.once('error', reject)
      worker.once('exit', (code) => {
        // A worker leaves when it is told to; any other end is a defect of the product or of the simulator.
        if (code === 0) resolve()
        else reject(new Error(`a worker ended with ${code}`))
      })
    })
  await Promise.all(Array.from({ length: Math.min(jobs, count) }, one))
}

/** The other side: runs the seeds that come in until nobody asks any more. Resolves then. */
export function workFor(run: (seed: number) => Promise<Outcome>): Promise<void> {
  return new Promise((resolve, reject) => {
    process.on('message', (seed: number) => {
      run(seed).then((outcome) => process.connected && process.send!(outcome), reject)
    })
    process.once('disconnect', resolve)
    process.send!('ready')
  })
}
