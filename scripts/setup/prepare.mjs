import { ensureBuild } from './build.mjs'
import { hasDisplay } from './display.mjs'
import { electronEnv, ensureElectron, nodeApiVersion } from './electron-runtime.mjs'
import { requireNode } from './node-version.mjs'
import { ensurePackages } from './packages.mjs'
import { localNode, run, withLocalTools } from './process.mjs'
import { SetupError } from './say.mjs'
import { ensureBinding, isBindingMissing } from './sqlite-binding.mjs'
import { ensureSystemPackages, unmetNeeds } from './system-packages.mjs'

const CONTINUED = 'MEJA_SETUP_CONTINUED'

/**
 * First half of every script, run by whatever Node the system has: checks it, installs the locked packages, then
 * starts the script again on the project's own Node. Resolves with that run's exit code, or with undefined when we
 * already are that run and the script should go on.
 * @returns {Promise<number | undefined>}
 */
export async function continueOnLocalNode() {
  if (process.env[CONTINUED] === '1') return undefined
  requireNode()
  await ensurePackages()
  const env = withLocalTools({ ...process.env, [CONTINUED]: '1' })
  return run(localNode, process.argv.slice(1), { env })
}

/**
 * Second half: the Electron to run, the system's libraries, SQLite for that Electron, and the built program.
 * Each step does nothing when it is already done.
 * @param {{ pdf?: boolean }} [options] pdf: the tests also look into printed letters
 * @returns {Promise<{ runtime: import('./electron-runtime.mjs').Runtime, env: Record<string, string> }>}
 */
export async function prepareDesktop(options = {}) {
  const runtime = await ensureElectron()
  const display = !hasDisplay()
  // Only the stand-in is known to need a compiled SQLite before it has ever run; asked for together with the rest,
  // so that someone who is not root types one command, not two.
  const compiler = runtime.kind === 'stand-in' && isBindingMissing(runtime)
  const wanted = { electron: runtime.program, display, pdf: options.pdf ?? false, compiler }
  await ensureSystemPackages(unmetNeeds(wanted))
  /** @type {Record<string, string>} */
  const env = electronEnv(runtime)
  if (runtime.kind !== 'official' && needsOwnBinding(runtime)) {
    if (isBindingMissing(runtime)) await ensureSystemPackages(unmetNeeds({ compiler: true }))
    env['APP_SQLITE_BINDING'] = await ensureBinding(runtime)
  }
  await ensureBuild(env)
  return { runtime, env }
}

function needsOwnBinding(/** @type {import('./electron-runtime.mjs').Runtime} */ runtime) {
  const version = nodeApiVersion(runtime)
  if (version !== undefined) return version < 10
  throw new SetupError(
    `Electron di ${runtime.folder} tidak dapat dijalankan: hapus folder itu, lalu ulangi perintah ini.`,
    `The Electron in ${runtime.folder} does not start: delete that folder, then run this again.`,
  )
}
