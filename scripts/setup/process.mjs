import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { constants as osConstants } from 'node:os'
import path from 'node:path'

/** The clone's root folder (absolute). */
export const root = path.resolve(import.meta.dirname, '../..')

const isWindows = process.platform === 'win32'

/** The Node the project's tools run on: the one installed as a development dependency. */
export const localNode = path.join(root, 'node_modules/node/bin', isWindows ? 'node.exe' : 'node')

/** Environment variables as Node gives them. @typedef {Record<string, string | undefined>} Env */

/** True when this process may install system packages and Chromium refuses its own sandbox. */
export const isRoot = () => process.getuid?.() === 0

/**
 * Runs a program with its output shown; resolves with its exit code (128 + signal number when a signal ended it).
 * Signals sent to us are passed on, so stopping the script stops the program.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Env, cwd?: string, quiet?: boolean, shell?: boolean }} [options] quiet: output goes nowhere
 * @returns {Promise<number>}
 */
export function run(command, args, options = {}) {
  const child = spawn(command, args, {
    cwd: options.cwd ?? root,
    env: options.env ?? process.env,
    stdio: options.quiet ? ['ignore', 'ignore', 'inherit'] : 'inherit',
    shell: options.shell ?? false,
  })
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal)
  for (const signal of signals) process.on(signal, forward)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      resolve(code ?? 128 + (signal ? osConstants.signals[signal] : 0))
    })
  }).finally(() => {
    for (const signal of signals) process.off(signal, forward)
  })
}

/**
 * Runs a program and collects its output. `ok` is false for a non-zero exit, a signal or a missing program.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Env, cwd?: string, timeoutMs?: number, shell?: boolean }} [options]
 */
export function capture(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: options.cwd ?? root,
    env: options.env ?? process.env,
    timeout: options.timeoutMs,
    shell: options.shell ?? false,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return {
    ok: result.status === 0,
    status: result.status,
    signal: result.signal,
    stdout: result.stdout ?? '',
    stderr: result.stderr ?? result.error?.message ?? '',
  }
}

/**
 * How to call npm: through the npm that started us when there is one (no shell, so paths with spaces are safe),
 * otherwise by name; on Windows npm is a .cmd file, which only a shell can start.
 * @param {string[]} args words without spaces
 * @returns {{ command: string, args: string[], shell: boolean }}
 */
export function npmCommand(args, env = process.env, platform = process.platform) {
  const cli = env['npm_execpath']
  // Under `npm run` the Node in node_modules comes first, which `npm ci` is about to delete: npm's own Node it is.
  const node = env['npm_node_execpath'] ?? process.execPath
  if (cli?.endsWith('npm-cli.js') && existsSync(cli))
    return { command: node, args: [cli, ...args], shell: false }
  return platform === 'win32'
    ? { command: 'npm.cmd', args, shell: true }
    : { command: 'npm', args, shell: false }
}

/** Full path of a program on PATH, or undefined. */
export function which(/** @type {string} */ program, env = process.env) {
  for (const folder of (env['PATH'] ?? '').split(path.delimiter)) {
    if (!folder) continue
    const file = path.join(folder, isWindows ? `${program}.exe` : program)
    try {
      accessSync(file, constants.X_OK)
      return file
    } catch {
      // not here: look in the next folder
    }
  }
  return undefined
}

/** `env` with the clone's tools first on PATH, so that every child finds the project's Node before the system's. */
export function withLocalTools(/** @type {Env} */ env) {
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH'
  const bin = path.join(root, 'node_modules/.bin')
  const rest = (env[key] ?? '').split(path.delimiter).filter((folder) => folder !== bin)
  return { ...env, [key]: [bin, ...rest].join(path.delimiter) }
}

/** The command that runs a package's own JavaScript entry on the project's Node (no shim, no shell). */
export function tool(/** @type {string} */ file, /** @type {string[]} */ args = []) {
  return { command: localNode, args: [path.join(root, 'node_modules', file), ...args] }
}
