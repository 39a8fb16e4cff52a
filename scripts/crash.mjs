/** `npm run crash:kill -- --kills N` and `npm run crash:power -- --cuts N`: the crash rigs in full length. */
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { continueOnLocalNode } from './setup/prepare.mjs'
import { localNode, root, run } from './setup/process.mjs'
import { runMain } from './setup/say.mjs'

await runMain(async () => {
  const code = await continueOnLocalNode()
  if (code !== undefined) return code
  const alias = pathToFileURL(path.join(root, 'tests/support/shared-alias.mjs')).href
  return run(localNode, ['--import', alias, path.join(root, 'tests/crash/run.ts'), ...process.argv.slice(2)])
})
