/** `npm run hub [-- words]`: the hub as a server of its own, without Electron. */
import { ensureBuild } from './setup/build.mjs'
import { continueOnLocalNode } from './setup/prepare.mjs'
import { localNode, root, run } from './setup/process.mjs'
import { runMain } from './setup/say.mjs'
import path from 'node:path'

await runMain(async () => {
  const code = await continueOnLocalNode()
  if (code !== undefined) return code
  await ensureBuild({})
  return run(localNode, [path.join(root, 'out/main/hub-process.js'), ...process.argv.slice(2)])
})
