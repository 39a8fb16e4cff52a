import { existsSync, readFileSync } from 'node:fs'
import { replaceFile } from '../db/durable.ts'
import { withStorageErrors } from '../db/errors.ts'

/** Replaces a small file so that after a power cut it is the old one or the new one; readable only by its owner. */
export function writeDurable(path: string, text: string): void {
  withStorageErrors(() => replaceFile(path, Buffer.from(text)))
}

/** The parsed JSON of a file, or null when there is none. Throws SyntaxError when it is damaged. */
export function readJson(path: string): unknown {
  if (!existsSync(path)) return null
  return JSON.parse(withStorageErrors(() => readFileSync(path, 'utf8')))
}
