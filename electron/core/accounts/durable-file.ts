import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder, writeAll } from '../db/durable.ts'
import { withStorageErrors } from '../db/errors.ts'

/** Replaces a small file so that after a power cut it is the old one or the new one; readable only by its owner. */
export function writeDurable(path: string, text: string): void {
  withStorageErrors(() => {
    const part = `${path}.part`
    try {
      const file = openSync(part, 'w', 0o600)
      try {
        writeAll(file, Buffer.from(text), 0)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      renameSync(part, path)
    } catch (error) {
      rmSync(part, { force: true })
      throw error
    }
    syncFolder(dirname(path))
  })
}

/** The parsed JSON of a file, or null when there is none. Throws SyntaxError when it is damaged. */
export function readJson(path: string): unknown {
  if (!existsSync(path)) return null
  return JSON.parse(withStorageErrors(() => readFileSync(path, 'utf8')))
}
