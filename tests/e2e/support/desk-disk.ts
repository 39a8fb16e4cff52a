import { spawnSync } from 'node:child_process'
import { closeSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { applyKey } from '../../../electron/core/db/cipher.ts'
import { databasePath, readSecrets, readSlots } from '../../../electron/core/accounts/device-store.ts'
import { openWithPassword } from '../../../electron/core/accounts/key-slots.ts'
import { PASSWORD } from './steps.ts'

/** Where a PC keeps its data. */
export const dataDirOf = (userData: string): string => join(userData, 'data')

/**
 * A second program on a PC's database, with the first person's key. Only for a PC whose secrets no keyring protects, as
 * under Playwright.
 */
export async function openAsAnotherProgram(userData: string): Promise<Database.Database> {
  const dataDir = dataDirOf(userData)
  const slot = readSlots(dataDir).find(({ owner }) => owner !== 'hub')
  const secrets = { protect: () => Promise.resolve(null), reveal: () => Promise.resolve(null) }
  const { deviceSecret } = await readSecrets({ dataDir, secrets })
  const key = slot && (await openWithPassword(slot, PASSWORD, deviceSecret))
  if (!key) throw new Error('nobody has signed in on this PC')
  const db = new Database(databasePath(dataDir))
  applyKey(db, key)
  return db
}

/** Flips bits in the middle of a table's first page, in the closed file. Answers the file's bytes afterwards. */
export async function damageTable(userData: string, table: string): Promise<Buffer> {
  const db = await openAsAnotherProgram(userData)
  const pageSize = Number(db.pragma('page_size', { simple: true }))
  const found = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(table)
  // Everything in one file, so that nothing newer than the damage lies beside it.
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  const file = databasePath(dataDirOf(userData))
  const bytes = readFileSync(file)
  const from = ((found as { rootpage: number }).rootpage - 1) * pageSize + 1000
  for (let at = from; at < from + 200; at++) bytes[at]! ^= 0xff
  writeFileSync(file, bytes)
  return bytes
}

/** Removes the daily copies, so that damage has to be decided by a person. */
export function dropCopies(userData: string): void {
  for (const name of readdirSync(dataDirOf(userData)))
    if (name.startsWith('desk.db.backup-')) rmSync(join(dataDirOf(userData), name))
}

/** Copies of a database that was set aside, with the folder they lie in. */
export function setAsideIn(userData: string): { folder: string; database: Buffer }[] {
  return readdirSync(dataDirOf(userData))
    .filter((name) => name.startsWith('rusak-'))
    .map((folder) => ({ folder, database: readFileSync(join(dataDirOf(userData), folder, 'desk.db')) }))
}

/** A small disk of its own under a folder, or null where this account may not mount one. */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk | null {
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder])
  if (mounted.status !== 0) return null
  const filler = join(folder, 'pengisi')
  return {
    fill() {
      const file = openSync(filler, 'a')
      try {
        for (let size = 1 << 20; size >= 1; size >>= 1)
          try {
            for (;;) writeSync(file, Buffer.alloc(size))
          } catch {
            // Full for pieces of this size; smaller ones may still fit.
          }
      } finally {
        closeSync(file)
      }
    },
    free: () => rmSync(filler, { force: true }),
    unmount: () => void spawnSync('umount', ['-l', folder]),
  }
}

/** A disk that a test can fill to the last byte. */
export interface SmallDisk {
  fill(): void
  free(): void
  unmount(): void
}
