/** `npm run demo`: plays the main job from report to letter and records it; the files go to ./demo-output or to $MEJA_DEMO_DIR. */
import { continueOnLocalNode, prepareDesktop } from './setup/prepare.mjs'
import { runRecording } from './setup/runners.mjs'
import { runMain } from './setup/say.mjs'

await runMain(async () => {
  const code = await continueOnLocalNode()
  if (code !== undefined) return code
  const { env } = await prepareDesktop({ pdf: true })
  const args = process.argv.slice(2)
  return runRecording({ name: 'demo', folder: 'demo-output', variable: 'MEJA_DEMO_DIR', args }, env)
})
