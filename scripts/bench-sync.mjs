/**
 * `npm run bench:sync`: tests/bench/sync on the project's Node: the sync beside PouchDB, RxDB and WatermelonDB, which
 * are installed for this alone, beside its own bare limit, over a bad link, and in the real app. `-- --help`: options.
 */
import path from 'node:path'
import { bundleSyncBench } from './setup/bench-bundle.mjs'
import { ensurePeers } from './setup/bench-peers.mjs'
import { ensureDisplay } from './setup/display.mjs'
import { continueOnLocalNode, prepareDesktop } from './setup/prepare.mjs'
import { localNode, run, withLocalTools } from './setup/process.mjs'
import { runMain } from './setup/say.mjs'

await runMain(async () => {
  const code = await continueOnLocalNode()
  if (code !== undefined) return code
  const args = process.argv.slice(2)
  if (!args.includes('--no-peers') && !args.includes('--help')) await ensurePeers()
  const { env } = await prepareDesktop()
  const folder = await bundleSyncBench()
  await bundleSyncBench({ plain: true })
  const display = await ensureDisplay()
  try {
    const variables = withLocalTools({ ...process.env, ...env, ...display.env })
    return await run(localNode, [path.join(folder, 'main.mjs'), ...args], { env: variables })
  } finally {
    await display.stop()
  }
})
