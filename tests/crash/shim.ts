import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { bundledChild } from './bundle.ts'

let built: string | null | undefined

/** The compiled shim, or null where there is no C compiler or no LD_PRELOAD. */
export function shim(): string | null {
  if (built !== undefined) return built
  const out = join(mkdtempSync(join(tmpdir(), 'meja-shim-')), 'shim.so')
  const source = resolve(import.meta.dirname, 'shim.c')
  const done =
    process.platform === 'linux'
      ? spawnSync('cc', ['-shared', '-fPIC', '-O2', '-o', out, source, '-ldl', '-lpthread'])
      : null
  built = done?.status === 0 ? out : null
  return built
}

/** A folder on the fastest disk there is: the rigs write much and keep nothing. */
export const crashFolder = (): string =>
  mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'meja-crash-'))

/** Starts a desk in a process of its own, below the shim when `root` and `log` are given. */
export async function startChild(args: string[], under?: { root: string; log: string }) {
  const env = under
    ? { ...process.env, LD_PRELOAD: shim()!, SHIM_ROOT: under.root, SHIM_LOG: under.log }
    : process.env
  return spawn(process.execPath, [await bundledChild(), ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] })
}

/** Runs a desk to its end; answers what it printed. Throws with its complaint when it failed. */
export async function runChild(
  args: string[],
  under?: { root: string; log: string },
  input = '',
): Promise<string> {
  const child = await startChild(args, under)
  // It may end before it has read everything; its code says so.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  let said = ''
  let complaint = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString('utf8')))
  return new Promise((done, fail) => {
    child.on('exit', (code) => {
      if (code === 0) done(said)
      else fail(new Error(`the desk ended with ${code}: ${complaint.slice(0, 3000)}`))
    })
  })
}
