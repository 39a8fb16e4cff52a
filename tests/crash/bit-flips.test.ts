import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { backupDaily, backupsOf } from '../../electron/core/db/backup.ts'
import { closeDb } from '../../electron/core/db/open.ts'
import { restoreNewest } from '../../electron/core/db/restore.ts'
import { makeDesk, TEST_KEY } from '../core/make-desk.ts'
import { reportChanges } from '../core/sample.ts'
import { flipRig, TARGETS } from './flips.ts'

// `npm run crash:power` flips 200 of each.
test.each(TARGETS)('every flipped bit is found or made good: %s', async (target) => {
  const report = await flipRig(40, 1, [target])
  expect(report[target]).toMatchObject({ flipped: 40, missed: [] })
  // A page in use is never passed over, and few are not.
  expect(report[target].unused).toBeLessThan(4)
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
