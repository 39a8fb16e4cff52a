import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { capture, npmCommand } from './process.mjs'
import { SetupError } from './say.mjs'

/**
 * Fetches one npm package's archive, checks it against a pinned SHA-512 and unpacks it; returns the folder
 * "package". Used for what must not be a dependency (it is needed on few machines).
 * @param {string} spec name@exact-version
 * @param {string} sha512 base64
 * @param {string} folder where to work; the archive itself is deleted after unpacking
 * @param {string[]} [only] paths inside the archive to unpack (all when left out)
 */
export function unpackNpmArchive(spec, sha512, folder, only = []) {
  const { command, args, shell } = npmCommand(['pack', spec, '--silent', '--ignore-scripts'])
  const packed = capture(command, args, { cwd: folder, shell })
  const name = readdirSync(folder).find((file) => file.endsWith('.tgz'))
  if (!packed.ok || !name) {
    throw new SetupError(
      `Paket ${spec} tidak dapat diunduh: periksa sambungan ke registri npm, lalu ulangi. ${firstLine(packed.stderr)}`,
      `Package ${spec} could not be fetched: check the connection to the npm registry, then try again.`,
    )
  }
  const archive = path.join(folder, name)
  if (createHash('sha512').update(readFileSync(archive)).digest('base64') !== sha512) {
    rmSync(archive)
    throw new SetupError(
      `Isi paket ${spec} tidak cocok dengan sidik jari yang dicatat; unduhan dibuang. Ulangi, dan laporkan bila terjadi lagi.`,
      `Package ${spec} does not match its recorded fingerprint and was thrown away. Try again; report it if it recurs.`,
    )
  }
  const unpacked = capture('tar', ['-xzf', name, ...only], { cwd: folder })
  if (!unpacked.ok) throw new Error(`tar could not unpack ${spec}: ${unpacked.stderr}`)
  rmSync(archive)
  return path.join(folder, 'package')
}

const firstLine = (/** @type {string} */ text) => text.trim().split('\n', 1)[0] ?? ''
