import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const RESOURCES = resolve(import.meta.dirname, '../../../resources')
export const DIR = join(RESOURCES, 'practice')

/** Codes of the committed archive classification. */
export function classificationSample(): string[] {
  const file = readFileSync(join(RESOURCES, 'classification/arsip-daerah.json'), 'utf8')
  return (JSON.parse(file) as { codes: { code: string }[] }).codes.map((c) => c.code)
}
