import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { capture, localNode, npmCommand, root, run } from './process.mjs'
import { say, SetupError } from './say.mjs'

const stamp = path.join(root, 'node_modules/.meja-lapor-lock')

/** Fingerprint of what `npm ci` would install here: the two manifest files and the platform. */
export function lockHash(folder = root) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`)
  for (const file of ['package.json', 'package-lock.json'])
    hash.update(dependencyPart(path.join(folder, file)))
  return hash.digest('hex')
}

/** package.json also holds scripts and the description; only its dependencies decide what is installed. */
function dependencyPart(/** @type {string} */ file) {
  const text = readFileSync(file, 'utf8')
  if (!file.endsWith('package.json')) return text
  const { dependencies, devDependencies, optionalDependencies, overrides } = JSON.parse(text)
  return JSON.stringify({ dependencies, devDependencies, optionalDependencies, overrides })
}

/**
 * Installs exactly the locked packages when they are missing or the lock changed. Install scripts of packages stay
 * off: npm 10 would otherwise start node-gyp for SQLite, which wants Node's headers from the net although a prebuilt
 * file is in the package. Only the `node` package needs its script, which places the Node binary.
 */
export async function ensurePackages() {
  const wanted = lockHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && isNodeUsable()) return
  if (!(isTreeCurrent() && isNodeUsable())) {
    say('npm', 'installing the locked packages (about 300 MB, under a minute)')
    await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
    await npm(['rebuild', 'node', '--foreground-scripts', '--ignore-scripts=false', '--loglevel=error'])
    if (!isNodeUsable()) {
      throw new SetupError(
        'Node milik proyek (paket npm "node") tidak dapat dijalankan: hapus folder node_modules, lalu ulangi.',
        'The project’s own Node (npm package "node") does not run: delete node_modules, then try again.',
      )
    }
  }
  writeFileSync(stamp, wanted)
}

/** npm keeps a copy of the lock in node_modules; someone may have run `npm ci` or `npm install` before us. */
function isTreeCurrent() {
  const hidden = path.join(root, 'node_modules/.package-lock.json')
  if (!existsSync(hidden)) return false
  const installed = JSON.parse(readFileSync(hidden, 'utf8')).packages ?? {}
  const locked = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages ?? {}
  return Object.entries(locked).every(
    ([name, entry]) => name === '' || entry.optional || installed[name]?.version === entry.version,
  )
}

function isNodeUsable() {
  return existsSync(localNode) && capture(localNode, ['--version'], { timeoutMs: 20_000 }).ok
}

async function npm(/** @type {string[]} */ args) {
  const { command, args: words, shell } = npmCommand(args)
  const code = await run(command, words, { shell })
  if (code === 0) return
  throw new SetupError(
    `npm ${args[0]} gagal (kode ${code}): periksa sambungan internet dan ruang disk, lalu ulangi perintah ini.`,
    `npm ${args[0]} failed (code ${code}): check the network and the free disk space, then run this again.`,
  )
}
