/** `npm start`: prepares everything that is missing, then opens Meja Lapor. Words after `--` go to the program. */
import { ensureDisplay } from './setup/display.mjs'
import { continueOnLocalNode, prepareDesktop } from './setup/prepare.mjs'
import { root, run } from './setup/process.mjs'
import { sandboxWords } from './setup/sandbox.mjs'
import { runMain, say } from './setup/say.mjs'

await runMain(async () => {
  const code = await continueOnLocalNode()
  if (code !== undefined) return code
  const { runtime, env } = await prepareDesktop()
  const sandbox = sandboxWords(runtime)
  const display = await ensureDisplay()
  try {
    const args = [root, ...sandbox, ...process.argv.slice(2)]
    say('start', `Meja Lapor on Electron ${runtime.version}`)
    return await run(runtime.program, args, { env: { ...process.env, ...env, ...display.env } })
  } finally {
    await display.stop()
  }
})
