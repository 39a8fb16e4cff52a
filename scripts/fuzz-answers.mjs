/** `npm run fuzz:answers [runs] [seed]`: hostile hub answers against a desk, 100,000 unless told otherwise. */
import { continueOnLocalNode } from './setup/prepare.mjs'
import { runVitest } from './setup/runners.mjs'
import { runMain } from './setup/say.mjs'

const RUNS = 100_000

await runMain(async () => {
  const code = await continueOnLocalNode()
  if (code !== undefined) return code
  const [runs = String(RUNS), seed] = process.argv.slice(2)
  process.env['FUZZ_RUNS'] = runs
  if (seed) process.env['FUZZ_SEED'] = seed
  const { failed } = await runVitest(['--project', 'core', 'tests/sync/hostile-answers.test.ts'])
  return failed === 0 ? 0 : 1
})
