/**
 * `npm run sim:mutants [-- --seeds N --only WORD --jobs N]`: plants one bug after another while bundling the simulator
 * and runs each until a seed breaks a rule that the unchanged code keeps in that seed. One table comes out; it ends badly
 * when a bug survives. The simulator is only as good as this table.
 */
import { availableParallelism } from 'node:os'
import { continueOnLocalNode } from './setup/prepare.mjs'
import { runMain } from './setup/say.mjs'
import { bundleSimulator } from './setup/sim-bundle.mjs'
import { hunt } from './setup/sim-hunt.mjs'
import { MUTANTS } from './setup/sim-mutants.mjs'

/** @typedef {import('./setup/sim-hunt.mjs').Found} Found */

/** Value after a word of the command line. */
function option(/** @type {string} */ word, /** @type {string} */ fallback) {
  const at = process.argv.indexOf(word)
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback)
}

/**
 * Hunts `jobs` bugs at a time and prints a line for each, in the order of the list; answers how many survived.
 * @param {typeof MUTANTS} mutants @param {number} seeds @param {number} jobs
 */
async function table(mutants, seeds, jobs) {
  const plain = await bundleSimulator()
  /** @type {(Found | null | undefined)[]} */
  const verdicts = mutants.map(() => undefined)
  let told = 0
  let next = 0
  const tell = () => {
    for (; told < mutants.length && verdicts[told] !== undefined; told++) {
      const found = verdicts[told]
      const verdict = found
        ? `seed ${String(found.seed).padStart(5)}  ${found.rule}`
        : `SURVIVED ${seeds} seeds`
      console.log(`${mutants[told]?.name.padEnd(52)} ${verdict}`)
    }
  }
  const work = async () => {
    for (let i = next++; i < mutants.length; i = next++) {
      const mutant = mutants[i]
      if (mutant) verdicts[i] = await hunt(mutant, plain, seeds)
      tell()
    }
  }
  await Promise.all(Array.from({ length: jobs }, work))
  return verdicts.filter((verdict) => verdict === null).length
}

await runMain(async () => {
  const code = await continueOnLocalNode()
  if (code !== undefined) return code
  const chosen = MUTANTS.filter(({ name }) => name.includes(option('--only', '')))
  const jobs = Number(option('--jobs', String(availableParallelism())))
  const survived = await table(chosen, Number(option('--seeds', '5000')), jobs)
  console.log(`${chosen.length - survived} of ${chosen.length} planted bugs found`)
  return survived === 0 && chosen.length > 0 ? 0 : 1
})
