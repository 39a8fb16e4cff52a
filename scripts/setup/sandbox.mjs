import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { capture, isRoot, which } from './process.mjs'
import { say, SetupError } from './say.mjs'

/**
 * Words for starting Electron by hand with Chromium's sandbox as this user can have it. Root cannot have it, and is
 * told so; anyone else gets it or, where the system forbids both of its kinds, the command that allows one. It is
 * never switched off silently.
 * @param {import('./electron-runtime.mjs').Runtime} runtime
 * @returns {string[]}
 */
export function sandboxWords(runtime) {
  if (process.platform !== 'linux') return []
  if (isRoot()) {
    say(
      'sandbox',
      'running as root, so Chromium’s sandbox is off (--no-sandbox); use another user for real work',
    )
    return ['--no-sandbox']
  }
  const helper = path.join(runtime.folder, 'chrome-sandbox')
  if (isSetuidRoot(helper) || hasUserNamespaces()) return []
  const cure = `sudo chown root:root "${helper}" && sudo chmod 4755 "${helper}"`
  throw new SetupError(
    `Sistem ini melarang kotak pasir Chromium untuk pengguna biasa. Jalankan perintah ini sekali, lalu ulangi:\n  ${cure}`,
    'This system forbids Chromium’s sandbox to ordinary users. Run the command above once, then try again.',
  )
}

function isSetuidRoot(/** @type {string} */ file) {
  if (!existsSync(file)) return false
  const { uid, mode } = statSync(file)
  return uid === 0 && (mode & 0o4111) === 0o4111
}

/** Tries what Chromium will try; where the tool for trying is missing, Chromium may speak for itself. */
function hasUserNamespaces() {
  return !which('unshare') || capture('unshare', ['--user', '--map-root-user', 'true']).ok
}
