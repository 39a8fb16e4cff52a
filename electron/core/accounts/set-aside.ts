import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { withStorageErrors } from '../db/errors.ts'

const DATABASE = /^desk\.db(-wal|-shm|\.open)?$/
const EVERYTHING = /^(desk\.db.*|device\.(json|key)|keys\.json)$/

/**
 * Moves files that cannot be used into a folder of their own beside the others; nothing is deleted. `all` also moves
 * the enrolment. Answers the folder.
 */
export function setAside(dataDir: string, now: number, all: boolean): string {
  const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(':', '')
  const folder = join(dataDir, `rusak-${stamp}`)
  withStorageErrors(() => {
    mkdirSync(folder, { recursive: true })
    for (const name of readdirSync(dataDir))
      if ((all ? EVERYTHING : DATABASE).test(name)) renameSync(join(dataDir, name), join(folder, name))
  })
  return folder
}

/** Folders that earlier set-asides made, newest first. */
export function asideFolders(dataDir: string): string[] {
  if (!existsSync(dataDir)) return []
  return readdirSync(dataDir)
    .filter((name) => name.startsWith('rusak-'))
    .sort()
    .toReversed()
    .map((name) => join(dataDir, name))
}
