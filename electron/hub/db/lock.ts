import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Thrown when another live process has the data folder open. PGlite itself would allow it and lose writes. */
export class FolderInUse extends Error {
  readonly code = 'folder_in_use'
  constructor(readonly pid: number) {
    super(`folder data hub sedang dipakai proses ${pid}`)
  }
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const heldHere = new Set<string>()

/** Takes `dir` for this process; returns the release. A lock left by a dead process is taken over. Throws FolderInUse. */
export function lockFolder(dir: string): () => void {
  mkdirSync(dir, { recursive: true })
  const file = join(dir, 'hub.lock')
  if (heldHere.has(file)) throw new FolderInUse(process.pid)
  for (let attempt = 0; ; attempt++) {
    try {
      const fd = openSync(file, 'wx', 0o600)
      writeSync(fd, String(process.pid))
      fsyncSync(fd)
      closeSync(fd)
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const pid = Number(readFileSync(file, 'utf8'))
      // Our own pid without an entry in heldHere: a recycled pid, so the file is stale.
      if (attempt > 2 || (pid > 0 && pid !== process.pid && alive(pid))) throw new FolderInUse(pid)
      rmSync(file, { force: true })
    }
  }
  heldHere.add(file)
  return () => {
    heldHere.delete(file)
    rmSync(file, { force: true })
  }
}
