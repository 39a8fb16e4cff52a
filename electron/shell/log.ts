import { appendFile, mkdir, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Size at which the log starts over; the one before is kept beside it. */
const MAX_BYTES = 2 * 1024 * 1024

/** Appends one JSON line per event: ids and counts only, never citizens' words. A full disk must not stop the app. */
export function createLog(file: string): (event: string, data?: Record<string, unknown>) => void {
  let queue: Promise<void> = mkdir(dirname(file), { recursive: true }).then(
    () => undefined,
    () => undefined,
  )
  return (event, data = {}) => {
    const line = `${JSON.stringify({ at: new Date().toISOString(), event, ...data })}\n`
    queue = queue.then(async () => {
      try {
        const { size } = await stat(file).catch(() => ({ size: 0 }))
        if (size > MAX_BYTES) await rename(file, `${file}.1`)
        await appendFile(file, line, { mode: 0o600 })
      } catch {
        // Nowhere left to say it.
      }
    })
  }
}
