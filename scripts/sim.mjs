/**
 * `npm run sim -- --seeds N [--from S]`: the desks and the hub over a simulated network, clock, disk and crashes; every
 * seed replays exactly. `--seed S --trace` tells one run. All options: tests/sim/main.ts.
 */
import { continueOnLocalNode } from './setup/prepare.mjs'
import { localNode, run, withLocalTools } from './setup/process.mjs'
import { runMain } from './setup/say.mjs'
import { bundleSimulator } from './setup/sim-bundle.mjs'

await runMain(async () => {
  const code = await continueOnLocalNode()
  if (code !== undefined) return code
  const file = await bundleSimulator()
  return run(localNode, [file, ...process.argv.slice(2)], { env: withLocalTools(process.env) })
})
