import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { say, SetupError } from './say.mjs'

/** True when windows can be shown here: always on Windows and macOS, with X11 or Wayland on Linux. */
export function hasDisplay(env = process.env, platform = process.platform) {
  return platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
}

/**
 * Gives programs a screen: the one that is there, or a virtual one (Xvfb) that we start and stop.
 * @returns {Promise<{ env: Record<string, string>, stop: () => Promise<void> }>}
 */
export async function ensureDisplay(env = process.env) {
  if (hasDisplay(env)) return { env: {}, stop: async () => {} }
  const number = freeNumber()
  // -noreset: by default the server starts over when its last client leaves. A program's first look at the screen
  // is such a client, and its second one would then sometimes find no server.
  const words = [
    `:${number}`,
    '-displayfd',
    '3',
    '-screen',
    '0',
    '1440x900x24',
    '-nolisten',
    'tcp',
    '-noreset',
  ]
  const server = spawn('Xvfb', words, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    // Its own process group: Ctrl-C reaches the program first, and the screen goes away after it.
    detached: true,
  })
  const kill = () => server.kill('SIGTERM')
  process.on('exit', kill)
  await whenReady(server)
  say('display', `no screen here: the program runs on a virtual one (Xvfb :${number}) and shows no window`)
  const stop = async () => {
    process.off('exit', kill)
    if (server.exitCode !== null || server.signalCode !== null) return
    const gone = once(server, 'exit')
    kill()
    await gone
  }
  return { env: { DISPLAY: `:${number}` }, stop }
}

/**
 * A random high number. Xvfb could choose the lowest free one itself, but a server that is just ending removes the
 * socket of its number late, and so takes the screen away from the next one that chose the same.
 */
function freeNumber() {
  for (;;) {
    const number = 100 + Math.floor(Math.random() * 9_900)
    if (!existsSync(`/tmp/.X11-unix/X${number}`) && !existsSync(`/tmp/.X${number}-lock`)) return number
  }
}

/** Resolves when the server has written its number to file descriptor 3, which it does when it can be reached. */
async function whenReady(/** @type {import('node:child_process').ChildProcess} */ server) {
  const pipe = /** @type {import('node:net').Socket} */ (server.stdio[3])
  const failed = new Promise((_resolve, reject) => {
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`code ${code}`)))
    setTimeout(() => reject(new Error('20 s')), 20_000).unref()
  })
  // The loser of the race must not end the process later as an unhandled rejection.
  failed.catch(() => {})
  try {
    await Promise.race([once(pipe, 'data'), failed])
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new SetupError(
      `Layar maya (Xvfb) tidak dapat dijalankan (${why}): atur DISPLAY ke layar yang ada, atau pasang paket xvfb.`,
      `The virtual screen (Xvfb) did not start (${why}): set DISPLAY to an existing screen, or install xvfb.`,
    )
  } finally {
    pipe.resume()
  }
}
