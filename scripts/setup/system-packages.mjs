import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { capture, isRoot, run, which } from './process.mjs'
import { say, SetupError } from './say.mjs'

/** Debian packages by what they are for. Names of Debian 12; `modernName` knows the later ones. */
export const PACKAGES = {
  electron: ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1'],
  display: ['xvfb', 'xauth'],
  fonts: ['fonts-liberation'],
  pdf: ['poppler-utils'],
  compiler: ['g++'],
}

/** @typedef {keyof typeof PACKAGES} Need */

/** Since 2024 Debian and Ubuntu call two of the libraries by another name (64-bit time). */
export function modernName(/** @type {string} */ name) {
  return name === 'libgtk-3-0' || name === 'libasound2' ? `${name}t64` : name
}

/** The libraries that a program is linked to and this machine lacks, read from `ldd`'s answer. */
export function missingLibraries(/** @type {string} */ lddOutput) {
  return [...lddOutput.matchAll(/^\s*(\S+) => not found$/gm)].map((match) => match[1] ?? '')
}

/**
 * Which needs this Linux machine does not meet yet.
 * @param {{ electron?: string | undefined, display?: boolean, pdf?: boolean, compiler?: boolean }} wanted
 *   electron: full path of its program
 * @returns {Need[]}
 */
export function unmetNeeds(wanted) {
  if (process.platform !== 'linux') return []
  /** @type {Need[]} */
  const unmet = []
  if (wanted.electron) {
    if (missingLibraries(capture('ldd', [wanted.electron]).stdout).length > 0) unmet.push('electron')
    if (!hasFonts()) unmet.push('fonts')
  }
  if (wanted.display && !which('Xvfb')) unmet.push('display')
  if (wanted.pdf && !(which('pdftoppm') && which('pdftotext'))) unmet.push('pdf')
  if (wanted.compiler && !(which('g++') && which('gcc'))) unmet.push('compiler')
  return unmet
}

/** Printed pages use system fonts in head and foot; a machine without any prints them empty. */
function hasFonts(folders = ['/usr/share/fonts', '/usr/local/share/fonts']) {
  return folders.some(
    (folder) =>
      existsSync(folder) &&
      readdirSync(folder, { recursive: true }).some((name) => /\.(ttf|otf|ttc)$/i.test(String(name))),
  )
}

/**
 * Installs what is missing with apt-get when we are root on Debian or Ubuntu; otherwise throws SetupError with the
 * exact command to type.
 * @param {Need[]} unmet
 */
export async function ensureSystemPackages(unmet) {
  if (unmet.length === 0) return
  if (!which('apt-get')) {
    throw new SetupError(
      `Sistem ini kekurangan: ${unmet.join(', ')}. Pasang padanan paket Debian ini: ${names(unmet).join(' ')}.`,
      `This system lacks: ${unmet.join(', ')}. Install your system’s equivalents of the Debian packages above.`,
    )
  }
  if (!isRoot()) {
    const line = `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${resolved(unmet).join(' ')}`
    throw new SetupError(
      `Pustaka sistem belum lengkap. Jalankan perintah ini, lalu ulangi:\n  ${line}`,
      'System libraries are missing. Run the command above, then try again.',
    )
  }
  if (listsAreOld()) {
    say('apt', 'reading the package lists')
    await apt(['update', '-qq'])
  }
  say('apt', `installing ${resolved(unmet).join(' ')}`)
  if ((await install(unmet)) === 0) return
  await apt(['update', '-qq'])
  if ((await install(unmet)) === 0) return
  throw new SetupError(
    `apt-get gagal memasang ${resolved(unmet).join(' ')}: periksa sambungan internet, lalu ulangi.`,
    'apt-get could not install the packages above: check the network, then try again.',
  )
}

const names = (/** @type {Need[]} */ unmet) => unmet.flatMap((need) => PACKAGES[need])

function resolved(/** @type {Need[]} */ unmet) {
  const modern = capture('apt-cache', ['show', '--no-all-versions', 'libasound2t64']).ok
  return modern ? names(unmet).map(modernName) : names(unmet)
}

function install(/** @type {Need[]} */ unmet) {
  return apt(['install', '-y', '-qq', '--no-install-recommends', ...resolved(unmet)])
}

function apt(/** @type {string[]} */ args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  // A machine that has just started may still be installing something else: wait for it instead of failing.
  return run('apt-get', ['-o', 'DPkg::Lock::Timeout=180', ...args], { env, quiet: true })
}

function listsAreOld(folder = '/var/lib/apt/lists', now = Date.now()) {
  if (!existsSync(folder)) return true
  const lists = readdirSync(folder).filter((name) => name.includes('_Packages'))
  if (lists.length === 0) return true
  const newest = Math.max(
    ...lists.map((name) => statSync(path.join(folder, name)).mtimeMs),
    statSync(folder).mtimeMs,
  )
  return now - newest > 7 * 24 * 3_600_000
}
