import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { crc32, inflateRawSync } from 'node:zlib'

/**
 * A reader for ordinary ZIP files (stored or deflated, no encryption, no ZIP64): what unpacking one known archive
 * needs, so that a fresh machine needs no `unzip` program.
 */

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50

/**
 * @typedef {{ name: string, method: number, crc: number, packed: number, size: number, mode: number, offset: number }} ZipEntry
 */

/**
 * Unpacks the entries that `rename` gives a path for (relative to `target`); it returns undefined to leave one out.
 * Throws on a damaged archive and on a path that would leave `target`. Returns how many files were written.
 * @param {string} archive
 * @param {string} target
 * @param {(name: string) => string | undefined} rename
 */
export function unzip(archive, target, rename) {
  const file = openSync(archive, 'r')
  let written = 0
  try {
    for (const entry of listEntries(file)) {
      if (entry.name.endsWith('/')) continue
      const name = rename(entry.name)
      if (name === undefined) continue
      const destination = path.resolve(target, name)
      if (!destination.startsWith(path.resolve(target) + path.sep))
        throw new Error(`zip: unsafe path ${entry.name}`)
      mkdirSync(path.dirname(destination), { recursive: true })
      writeFileSync(destination, readEntry(file, entry), { mode: entry.mode & 0o111 ? 0o755 : 0o644 })
      written++
    }
  } finally {
    closeSync(file)
  }
  return written
}

/** @returns {ZipEntry[]} */
function listEntries(/** @type {number} */ file) {
  const size = fstatSync(file).size
  const tail = read(file, Math.max(0, size - 65_557), Math.min(size, 65_557))
  let end = tail.length - 22
  while (end >= 0 && tail.readUInt32LE(end) !== END_OF_DIRECTORY) end--
  if (end < 0) throw new Error('zip: no directory found, the file is damaged')
  const directory = read(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12))
  /** @type {ZipEntry[]} */
  const entries = []
  for (let at = 0; at < directory.length;) {
    if (directory.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error('zip: damaged directory')
    const nameLength = directory.readUInt16LE(at + 28)
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      packed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      mode: directory.readUInt32LE(at + 38) >>> 16,
      offset: directory.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

function readEntry(/** @type {number} */ file, /** @type {ZipEntry} */ entry) {
  const header = read(file, entry.offset, 30)
  // The local header repeats the name, but its extra field may have another length than the directory's.
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  const packed = read(file, start, entry.packed)
  if (entry.method !== 0 && entry.method !== 8)
    throw new Error(`zip: method ${entry.method} of ${entry.name}`)
  const content = entry.method === 0 ? packed : inflateRawSync(packed)
  if (content.length !== entry.size || crc32(content) !== entry.crc)
    throw new Error(`zip: ${entry.name} is damaged`)
  return content
}

function read(/** @type {number} */ file, /** @type {number} */ position, /** @type {number} */ length) {
  const buffer = Buffer.alloc(length)
  if (readSync(file, buffer, 0, length, position) !== length) throw new Error('zip: the file ends too early')
  return buffer
}
