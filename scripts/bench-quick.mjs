/** `npm run bench:quick`: the measurements of tests/bench/quick.ts on the project's Node, against the built program. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureDisplay } from './setup/display.mjs'
import { continueOnLocalNode, prepareDesktop } from './setup/prepare.mjs'
import { localNode, root, run, withLocalTools } from './setup/process.mjs'
import { runMain } from './setup/say.mjs'

const bench = path.join(root, 'tests/bench')

await runMain(async () => {
  const code = await continueOnLocalNode()
  if (code !== undefined) return code
  if (!existsSync(path.join(bench, 'quick.ts'))) {
    console.error('tests/bench/quick.ts belum ada / is not there yet')
    return 1
  }
  const { env } = await prepareDesktop()
  const display = await ensureDisplay()
  try {
    // alias.ts teaches plain Node the @shared imports; Node 24 strips the types itself.
    const alias = pathToFileURL(path.join(bench, 'alias.ts')).href
    const args = ['--import', alias, path.join(bench, 'quick.ts'), ...process.argv.slice(2)]
    return await run(localNode, args, { env: withLocalTools({ ...process.env, ...env, ...display.env }) })
  } finally {
    await display.stop()
  }
})
