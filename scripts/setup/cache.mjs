import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** The folder for things that outlive a clone (runtimes, compiled bindings); the platform's usual cache place. */
export function cacheFolder(env = process.env, platform = process.platform, home = os.homedir()) {
  if (env['XDG_CACHE_HOME']) return path.join(env['XDG_CACHE_HOME'], 'meja-lapor')
  if (platform === 'win32')
    return path.join(env['LOCALAPPDATA'] ?? path.join(home, 'AppData/Local'), 'meja-lapor/cache')
  if (platform === 'darwin') return path.join(home, 'Library/Caches/meja-lapor')
  return path.join(home, '.cache/meja-lapor')
}

/**
 * Makes `folder` in one step: `fill` works in a temporary folder beside it, which is renamed when it is complete.
 * A killed run leaves no half-made folder under the final name, and of two runs at once the first one wins.
 * @param {string} folder
 * @param {(temporary: string) => void | Promise<void>} fill
 */
export async function fillAtomically(folder, fill) {
  mkdirSync(path.dirname(folder), { recursive: true })
  const temporary = mkdtempSync(`${folder}.part-`)
  try {
    await fill(temporary)
    try {
      renameSync(temporary, folder)
    } catch (error) {
      if (!existsSync(folder)) throw error
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}
