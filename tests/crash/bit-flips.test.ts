import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { AppError } from '@shared/ipc/errors.ts'
import { backupDaily, backupsOf } from '../../electron/core/db/backup.ts'
import { closeDb, openDb, suspect } from '../../electron/core/db/open.ts'
import { restoreNewest } from '../../electron/core/db/restore.ts'
import { makeDesk, testFolder, TEST_KEY } from '../core/make-desk.ts'
import { reportChanges } from '../core/sample.ts'
import { dice } from './disk.ts'

const FLIPS = 150

test('every flipped bit of the database is found by the check after an unclean end', () => {
  const { db } = makeDesk({ changes: Array.from({ length: 20 }, (_, i) => reportChanges(i + 1)).flat() })
  backupDaily(db, '2026-02-01')
  const copy = backupsOf(db.path)[0]!
  closeDb(db)
  const path = join(testFolder(), 'desk.db')
  const random = dice(1)
  for (const whole of [readFileSync(db.path), readFileSync(copy)]) {
    const missed: number[] = []
    for (let n = 0; n < FLIPS; n++) {
      const bit = Math.floor(random() * whole.length * 8)
      const bytes = Buffer.from(whole)
      bytes[bit >> 3]! ^= 1 << (bit & 7)
      writeFileSync(path, bytes)
      suspect(path)
      if (!isRefused(path)) missed.push(bit)
    }
    expect(missed).toEqual([])
  }
})

test('a copy with one flipped bit is passed over', () => {
  const { db } = makeDesk({ changes: reportChanges(1) })
  backupDaily(db, '2026-02-01')
  backupDaily(db, '2026-02-02')
  const [newest] = backupsOf(db.path)
  const bytes = readFileSync(newest!)
  bytes[Math.floor(bytes.length / 2)]! ^= 1
  writeFileSync(newest!, bytes)
  const { path } = db
  closeDb(db)
  const restored = restoreNewest(path, TEST_KEY)!
  expect(restored.day).toBe('2026-02-01')
  closeDb(restored.db)
})

function isRefused(path: string): boolean {
  try {
    closeDb(openDb({ path, key: TEST_KEY, create: false, keyProven: true }))
    return false
  } catch (error) {
    return error instanceof AppError && error.code === 'db_corrupt'
  }
}
