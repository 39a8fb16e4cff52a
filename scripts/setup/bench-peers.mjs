import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { npmCommand, root, run } from './process.mjs'
import { say, SetupError } from './say.mjs'

const FILES = ['package.json', 'package-lock.json']
const source = path.join(root, 'tests/bench/peers')
const target = path.join(root, '.cache/bench-peers')

/**
 * Installs the engines that the sync bench compares with, exactly as locked, into a folder of their own; does nothing
 * when they are there. No install script runs: LevelDB brings its binaries, SQLite is the project's.
 */
export async function ensurePeers() {
  const hash = createHash('sha256').update(process.platform + process.arch)
  for (const file of FILES) hash.update(readFileSync(path.join(source, file)))
  const wanted = hash.digest('hex')
  const stamp = path.join(target, 'installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say(
    'npm',
    'installing the engines to compare with into .cache/bench-peers (about 150 MB, for this bench alone)',
  )
  mkdirSync(target, { recursive: true })
  rmSync(stamp, { force: true })
  for (const file of FILES) copyFileSync(path.join(source, file), path.join(target, file))
  const { command, args, shell } = npmCommand([
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ])
  const code = await run(command, args, { cwd: target, shell })
  if (code !== 0) {
    throw new SetupError(
      `Paket pembanding tidak dapat dipasang (kode ${code}): periksa sambungan internet, atau jalankan dengan --no-peers.`,
      `The packages to compare with cannot be installed (code ${code}): check the network, or run with --no-peers.`,
    )
  }
  writeFileSync(stamp, wanted)
}
