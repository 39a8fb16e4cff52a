import Database from 'better-sqlite3'
import { applyKey } from './cipher.ts'

/** Opens a file with its raw key and nothing more; whether the key fits shows at the first read. Throws SQLite's errors. */
export function openKeyed(path: string, key: Uint8Array, options: Database.Options = {}): Database.Database {
  const handle = new Database(path, {
    ...options,
    nativeBinding: process.env.APP_SQLITE_BINDING || undefined,
  })
  try {
    applyKey(handle, key)
    return handle
  } catch (error) {
    handle.close()
    throw error
  }
}
