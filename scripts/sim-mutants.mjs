/**
 * `npm run sim:mutants [-- --seeds N --only WORD]`: plants one bug after another while bundling the simulator and runs
 * it until a seed breaks a rule. Ends badly when a bug survives. The simulator is only as good as this table.
 */
import { continueOnLocalNode } from './setup/prepare.mjs'
import { capture, localNode, withLocalTools } from './setup/process.mjs'
import { runMain } from './setup/say.mjs'
import { bundleSimulator } from './setup/sim-bundle.mjs'
import { MUTANTS } from './setup/sim-mutants.mjs'

/** Value after a word of the command line. */
function option(/** @type {string} */ word, /** @type {string} */ fallback) {
  const at = process.argv.indexOf(word)
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback)
}

/** One planted bug against the simulator: the first seed that broke a rule, or null. */
async function hunt(
  /** @type {import('./setup/sim-bundle.mjs').Mutant} */ mutant,
  /** @type {string} */ seeds,
) {
  const file = await bundleSimulator(mutant)
  const words = ['--seeds', seeds, '--json', '--no-shrink', '--from', '1']
  const { stdout } = capture(localNode, [file, ...words], { env: withLocalTools(process.env) })
  const line = stdout.trim().split('\n').at(-1) ?? ''
  const told = /** @type {{ failures: { seed: number, rule: string }[] }} */ (JSON.parse(line))
  return told.failures[0] ?? null
}

await runMain(async () => {
  const code = await continueOnLocalNode()
  if (code !== undefined) return code
  const seeds = option('--seeds', '5000')
  const chosen = MUTANTS.filter(({ name }) => name.includes(option('--only', ''))).slice(
    Number(option('--skip', '0')),
  )
  let survived = 0
  for (const mutant of chosen) {
    const found = await hunt(mutant, seeds)
    if (!found) survived++
    const verdict = found
      ? `seed ${String(found.seed).padStart(5)}  ${found.rule}`
      : `SURVIVED ${seeds} seeds`
    console.log(`${mutant.name.padEnd(48)} ${verdict}`)
  }
  console.log(`${chosen.length - survived} of ${chosen.length} planted bugs found`)
  return survived === 0 ? 0 : 1
})
