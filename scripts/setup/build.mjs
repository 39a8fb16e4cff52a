import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root, run, tool, withLocalTools } from './process.mjs'
import { say, SetupError } from './say.mjs'

const SOURCES = [
  'electron',
  'renderer',
  'shared',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
]
const stamp = path.join(root, 'out/.sources')

/**
 * Fingerprint of the files below `sources`: names, sizes and times. No contents, so it takes milliseconds; a file
 * touched without a change only costs one build too many.
 */
export function sourceHash(folder = root, sources = SOURCES) {
  const hash = createHash('sha256')
  for (const source of sources) addToHash(hash, path.join(folder, source), source)
  return hash.digest('hex')
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} file
 * @param {string} name
 */
function addToHash(hash, file, name) {
  if (!existsSync(file)) return
  const stats = statSync(file)
  if (!stats.isDirectory()) {
    hash.update(`${name} ${stats.size} ${stats.mtimeMs}\n`)
    return
  }
  for (const child of readdirSync(file).sort()) addToHash(hash, path.join(file, child), `${name}/${child}`)
}

/**
 * Builds main, preload and renderer into out/ unless nothing changed since the last build.
 * @param {Record<string, string>} toolEnv what the runtime asks for (build target)
 */
export async function ensureBuild(toolEnv) {
  const hash = sourceHash()
  const main = path.join(root, JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).main)
  if (existsSync(stamp) && existsSync(main) && readFileSync(stamp, 'utf8') === hash) return
  say('build', 'building the program')
  const { command, args } = tool('electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn'])
  const code = await run(command, args, { env: withLocalTools({ ...process.env, ...toolEnv }) })
  if (code !== 0) {
    throw new SetupError(
      `Pembangunan program gagal (kode ${code}): perbaiki galat di atas, lalu ulangi perintah ini.`,
      `Building the program failed (code ${code}): correct the error above, then run this again.`,
    )
  }
  mkdirSync(path.dirname(stamp), { recursive: true })
  writeFileSync(stamp, hash)
}
