/**
 * `npm test`: set-up, checks, unit tests, build, and the tests of the real program; ends with one line,
 * "N passed, N failed". A skipped test and a failed check count as failures.
 *
 *   npm test -- --only=unit|e2e|check [file …]   one part (files go to its runner)
 *   npm test -- --without=check                  all but that part
 */
import { runChecks } from './check.mjs'
import { continueOnLocalNode, prepareDesktop } from './setup/prepare.mjs'
import { sumCounts } from './setup/results.mjs'
import { hasE2e, runPlaywright, runVitest } from './setup/runners.mjs'
import { runMain, say, SetupError } from './setup/say.mjs'

const PARTS = ['check', 'unit', 'e2e']

/**
 * Which parts to run, and the words for their runners. Throws SetupError for a part that does not exist.
 * @param {string[]} args
 */
export function readArguments(args) {
  let parts = PARTS
  const rest = []
  for (const word of args) {
    const [, how, part = ''] = /^--(only|without)=(.*)$/.exec(word) ?? []
    if (!how) rest.push(word)
    else if (!PARTS.includes(part)) {
      throw new SetupError(
        `Bagian "${part}" tidak dikenal: pilih ${PARTS.join(', ')}.`,
        `There is no part "${part}": choose one of ${PARTS.join(', ')}.`,
      )
    } else parts = parts.filter((one) => (one === part) === (how === 'only'))
  }
  return { parts, rest }
}

/**
 * Runs the parts in order, all of them even when an early one fails.
 * @param {{ parts: string[], rest: string[] }} chosen
 */
async function runParts({ parts, rest }) {
  const counts = []
  if (parts.includes('check')) {
    const failed = await runChecks()
    counts.push({ passed: 0, failed: failed.length, skipped: 0 })
  }
  if (parts.includes('unit')) counts.push(await runVitest(rest))
  if (parts.includes('e2e')) counts.push(await runE2e(rest))
  return sumCounts(counts)
}

/** A machine that cannot be prepared is one failure: what the other parts counted is still worth its line. */
async function runE2e(/** @type {string[]} */ rest) {
  try {
    const { env } = await prepareDesktop({ pdf: true })
    if (hasE2e()) return await runPlaywright(rest, env)
    say('e2e', 'the program builds; there are no tests of it in tests/e2e yet')
    return sumCounts([])
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    console.error(`\n${error.message}`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

if (process.argv[1] === import.meta.filename) {
  await runMain(async () => {
    const code = await continueOnLocalNode()
    if (code !== undefined) return code
    const chosen = readArguments(process.argv.slice(2))
    const { passed, failed, skipped } = await runParts(chosen)
    if (skipped > 0)
      console.log(`${skipped} skipped, counted as failed: a test that nobody runs proves nothing`)
    const onlyChecks = chosen.parts.every((part) => part === 'check')
    if (passed === 0 && !onlyChecks) console.log('no test ran')
    console.log(`${passed} passed, ${failed + skipped} failed`)
    return failed + skipped === 0 && (passed > 0 || onlyChecks) ? 0 : 1
  })
}
