import { afterAll, expect, test } from 'vitest'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { unzip } from '../../scripts/setup/unzip.mjs'

const folder = mkdtempSync(path.join(os.tmpdir(), 'unzip-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Writes a ZIP file by hand: local headers, directory, end record. `damage` flips a byte of the content. */
function zip(
  entries: { name: string; text: string; mode?: number; stored?: boolean; damage?: boolean }[],
): string {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, text, mode = 0o644, stored = false, damage = false } of entries) {
    const content = Buffer.from(text)
    const packed = stored ? Buffer.from(content) : deflateRawSync(content)
    if (damage) packed.writeUInt8(packed.readUInt8(0) ^ 1, 0)
    const fields = Buffer.alloc(20)
    fields.writeUInt16LE(stored ? 0 : 8, 2)
    fields.writeUInt32LE(crc32(content), 8)
    fields.writeUInt32LE(packed.length, 12)
    fields.writeUInt32LE(content.length, 16)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50)
    local.writeUInt16LE(name.length, 26)
    local.writeUInt16LE(4, 28) // an extra field that the directory does not have
    parts.push(local, Buffer.from(name), Buffer.alloc(4), packed)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50)
    fields.copy(entry, 8)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(((mode | 0o100000) << 16) >>> 0, 38)
    entry.writeUInt32LE(offset, 42)
    directory.push(entry, Buffer.from(name))
    offset += 30 + name.length + 4 + packed.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  const file = path.join(mkdtempSync(path.join(folder, 'z-')), 'archive.zip')
  writeFileSync(file, Buffer.concat([...parts, list, end]))
  return file
}

test('unpacks what it is asked for, under new names, and keeps programs executable', () => {
  const archive = zip([
    { name: 'App/', text: '', stored: true },
    { name: 'App/App', text: 'program'.repeat(50), mode: 0o755 },
    { name: 'App/data/readme', text: 'plain', stored: true },
    { name: 'App/skip', text: 'not wanted' },
  ])
  const target = path.join(folder, 'out')
  const rename = (name: string) =>
    name === 'App/skip' ? undefined : name.replace('App/App', 'program').replace('App/', '')
  expect(unzip(archive, target, rename)).toBe(2)
  expect(readFileSync(path.join(target, 'program'), 'utf8')).toBe('program'.repeat(50))
  expect(statSync(path.join(target, 'program')).mode & 0o111).toBe(0o111)
  expect(readFileSync(path.join(target, 'data/readme'), 'utf8')).toBe('plain')
})

test('refuses damage, a path outside, and a file that is no archive', () => {
  const same = (name: string) => name
  expect(() => unzip(zip([{ name: 'a', text: 'text', stored: true, damage: true }]), folder, same)).toThrow(
    'damaged',
  )
  expect(() => unzip(zip([{ name: '../../evil', text: 'x' }]), path.join(folder, 'safe'), same)).toThrow(
    'unsafe',
  )
  const noise = path.join(folder, 'noise')
  writeFileSync(noise, 'x'.repeat(500))
  expect(() => unzip(noise, folder, same)).toThrow('damaged')
})
