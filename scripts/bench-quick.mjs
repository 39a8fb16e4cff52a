/** `npm run bench:quick`: the benches in tests/bench on the project's Node, small sizes, a few minutes. */
import path from 'node:path'
import { continueOnLocalNode } from './setup/prepare.mjs'
import { root, run, tool, withLocalTools } from './setup/process.mjs'
import { runMain } from './setup/say.mjs'

await runMain(async () => {
  const code = await continueOnLocalNode()
  if (code !== undefined) return code
  const { command, args } = tool('vitest/vitest.mjs', [
    'bench',
    '--run',
    path.join(root, 'tests/bench'),
    ...process.argv.slice(2),
  ])
  return run(command, args, { env: withLocalTools({ ...process.env, MEJA_BENCH: 'quick' }) })
})
