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
 * @returns {Promise<{ env: Record<string, string>, stop: () => void }>}
 */
export async function ensureDisplay(env = process.env) {
  if (hasDisplay(env)) return { env: {}, stop: () => {} }
  // Xvfb picks a free number itself and writes it to the file descriptor: no race with other displays.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    // Its own process group: Ctrl-C reaches the program first, and the screen goes away after it.
    detached: true,
  })
  const stop = () => {
    process.off('exit', stop)
    server.kill('SIGTERM')
  }
  process.on('exit', stop)
  const number = await displayNumber(server)
  server.unref()
  say(
    'display',
    `no screen here, so the program runs on a virtual one (Xvfb :${number}); you will see no window`,
  )
  return { env: { DISPLAY: `:${number}` }, stop }
}

async function displayNumber(/** @type {import('node:child_process').ChildProcess} */ server) {
  const pipe = /** @type {import('node:net').Socket} */ (server.stdio[3])
  const failed = new Promise((_resolve, reject) => {
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`Xvfb ended with code ${code}`)))
    setTimeout(() => reject(new Error('Xvfb did not start within 20 s')), 20_000).unref()
  })
  try {
    const [data] = await Promise.race([once(pipe, 'data'), failed])
    const number = String(data).trim()
    if (!existsSync(`/tmp/.X11-unix/X${number}`))
      throw new Error(`Xvfb named display ${number}, which is not there`)
    return number
  } catch (error) {
    throw new SetupError(
      `Layar maya (Xvfb) tidak dapat dijalankan: ${error instanceof Error ? error.message : error}. Atur DISPLAY ke layar yang ada, atau pasang paket xvfb.`,
      'The virtual screen (Xvfb) did not start: set DISPLAY to an existing screen, or install the package xvfb.',
    )
  } finally {
    // The loser of the race must not end the process later as an unhandled rejection.
    failed.catch(() => {})
    pipe.destroy()
  }
}
