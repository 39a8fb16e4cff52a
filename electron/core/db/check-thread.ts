import { Worker } from 'node:worker_threads'
import { storageError } from './errors.ts'

/** What the thread is given; the key is a copy of its own, which it wipes. */
export interface CheckOrder {
  path: string
  key: Uint8Array
}

/** What the thread says, once: SQLite's finding, or why it could not look. */
export type CheckSaid = { found: string } | { failed: { code: string; message: string } }

/** A check under way. */
export interface RunningCheck {
  /** `'ok'`, or the first thing found wrong. Rejects with an AppError (db_corrupt: a page that cannot be read) or an Error. */
  found: Promise<string>
  /** Gives it up; `found` then never settles. */
  stop(): void
}

/** Reads a whole database in a thread of its own, where it holds up nobody. */
export type CheckFile = (path: string, key: Uint8Array) => RunningCheck

/** A `CheckFile` that starts `script` (check-worker) as its thread. */
export function checkInThread(script: string): CheckFile {
  return (path, key) => {
    const order: CheckOrder = { path, key: Uint8Array.from(key) }
    const worker = new Worker(script, { workerData: order })
    order.key.fill(0)
    let stopped = false
    const found = new Promise<string>((resolve, reject) => {
      const settle = (act: () => void) => void (stopped || act())
      worker.on('message', (said: CheckSaid) =>
        settle(() =>
          'found' in said
            ? resolve(said.found)
            : reject(storageError(Object.assign(new Error(said.failed.message), { code: said.failed.code }))),
        ),
      )
      worker.on('error', (error) => settle(() => reject(error)))
      worker.on('exit', () => settle(() => reject(new Error('the checking thread ended without a word'))))
    })
    return {
      found,
      stop() {
        stopped = true
        void worker.terminate()
      },
    }
  }
}
