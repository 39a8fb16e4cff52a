import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder } from '../db/durable.ts'
import { withStorageErrors } from '../db/errors.ts'

/** Replaces a small file so that after a power cut it is the old one or the new one; readable only by its owner. */
export function writeDurable(path: string, text: string): void {
  withStorageErrors(() => {
    const part = `${path}.part`
    const file = openSync(part, 'w', 0o600)
    try {
      writeSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(part, path)
    syncFolder(dirname(path))
  })
}

/** The parsed JSON of a file, or null when there is none. Throws SyntaxError when it is damaged. */
export function readJson(path: string): unknown {
  if (!existsSync(path)) return null
  return JSON.parse(withStorageErrors(() => readFileSync(path, 'utf8')))
}
