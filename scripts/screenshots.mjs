/** `npm run screenshots`: every screen, light and dark; the files go to ./docs/screenshots or to $MEJA_SCREENSHOTS_DIR. */
import { continueOnLocalNode, prepareDesktop } from './setup/prepare.mjs'
import { runRecording } from './setup/runners.mjs'
import { runMain } from './setup/say.mjs'

await runMain(async () => {
  const code = await continueOnLocalNode()
  if (code !== undefined) return code
  const { env } = await prepareDesktop({ pdf: true })
  const args = process.argv.slice(2)
  return runRecording(
    { name: 'screenshots', folder: 'docs/screenshots', variable: 'MEJA_SCREENSHOTS_DIR', args },
    env,
  )
})
