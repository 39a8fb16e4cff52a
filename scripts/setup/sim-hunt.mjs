import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { localNode, withLocalTools } from './process.mjs'
import { bundleSimulator } from './sim-bundle.mjs'

/** A seed that breaks a rule. @typedef {{ seed: number, rule: string, message: string }} Found */
/** What the simulator tells with `--json`. @typedef {{ ran: number, failures: Found[], counts: Record<string, number> }} Told */

const exec = promisify(execFile)

/**
 * Runs a bundled simulator in a process of its own, as `npm run sim` does.
 * @param {string} file @param {string[]} words
 * @returns {Promise<Told>}
 */
export async function simulate(file, ...words) {
  const options = {
    env: /** @type {NodeJS.ProcessEnv} */ (withLocalTools(process.env)),
    maxBuffer: 2 ** 26,
  }
  // Found failures end the process with 1; what it printed is the answer all the same.
  const ended = await exec(localNode, [file, ...words, '--json', '--no-shrink'], options).catch(
    (error) => error,
  )
  const line = String(ended.stdout).trim().split('\n').at(-1) ?? ''
  if (!line.startsWith('{'))
    throw new Error(`no answer from ${file}: ${String(ended.stderr || ended).slice(0, 500)}`)
  return JSON.parse(line)
}

/**
 * Plants a bug and answers the first of `seeds` seeds that breaks a rule which the unchanged code (`plain`, a bundle)
 * keeps in that seed; null when it survives.
 * @param {import('./sim-bundle.mjs').Mutant} mutant @param {string} plain @param {number} seeds
 * @returns {Promise<Found | null>}
 */
export async function hunt(mutant, plain, seeds) {
  const file = await bundleSimulator(mutant)
  const range = (/** @type {number} */ from, /** @type {number} */ count) => [
    '--from',
    String(from),
    '--seeds',
    String(count),
    '--jobs',
    '1',
  ]
  for (let from = 1; from <= seeds;) {
    const [found] = (await simulate(file, ...range(from, seeds - from + 1))).failures
    if (!found) return null
    // A seed that fails without the bug too is a defect of its own and proves nothing.
    const { failures } = await simulate(plain, ...range(found.seed, 1))
    if (failures.length === 0) return found
    from = found.seed + 1
  }
  return null
}
