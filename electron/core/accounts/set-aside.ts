import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { syncFolder } from '../db/durable.ts'
import { withStorageErrors } from '../db/errors.ts'

const DATABASE = /^desk\.db(-wal|-shm|\.open)?$/
const EVERYTHING = /^(desk\.(db|journal).*|device\.(json|key)|keys\.json)$/

/**
 * Moves files that cannot be used into a folder of their own beside the others; nothing is deleted. `all` also moves
 * the enrolment. Answers the folder.
 */
export function setAside(dataDir: string, now: number, all: boolean): string {
  const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(':', '')
  const folder = unused(join(dataDir, `rusak-${stamp}`))
  withStorageErrors(() => {
    mkdirSync(folder, { recursive: true })
    for (const name of readdirSync(dataDir))
      if ((all ? EVERYTHING : DATABASE).test(name)) renameSync(join(dataDir, name), join(folder, name))
    syncFolder(folder)
    syncFolder(dataDir)
  })
  return folder
}

/** Twice within a second must not put one damaged file over another. */
function unused(folder: string): string {
  let name = folder
  for (let n = 2; existsSync(name); n++) name = `${folder}-${n}`
  return name
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
