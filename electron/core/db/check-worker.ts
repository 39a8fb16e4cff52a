import { parentPort, workerData } from 'node:worker_threads'
import { openKeyed } from './keyed.ts'
import type { CheckOrder, CheckSaid } from './check-thread.ts'

/**
 * Entry of the thread that reads one whole database and ends. Its connection is new and read-only: what the core's own
 * connection still holds in memory cannot hide what the disk no longer gives.
 */
const { path, key } = workerData as CheckOrder
try {
  const db = openKeyed(path, key, { readonly: true, fileMustExist: true, timeout: 2000 })
  try {
    say({ found: String(db.pragma('integrity_check(1)', { simple: true })) })
  } finally {
    db.close()
  }
} catch (error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  say({ failed: { code, message: error instanceof Error ? error.message : String(error) } })
} finally {
  key.fill(0)
}

function say(said: CheckSaid): void {
  parentPort?.postMessage(said)
}
