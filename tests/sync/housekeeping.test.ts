import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sealedPath, writeSealed } from '../../electron/core/archive/sealed-files.ts'
import { storeFile } from '../../electron/core/archive/store-file.ts'
import { backupsOf } from '../../electron/core/db/backup.ts'
import { keepHouse, sweepFiles } from '../../electron/core/sync/housekeeping.ts'
import { makeDesk } from '../core/make-desk.ts'
import { reportChanges } from '../core/sample.ts'

const DAY = 86_400_000

test('each office day: a copy of the database, and every clock anew', () => {
  const { db, host, desk } = makeDesk({ changes: reportChanges(1) })
  const projection = () => ({ now: host.now(), settings: desk.settings() })
  const stop = keepHouse({ db, host, projection, stale: () => {} })
  const day = () => db.get('SELECT clock_on AS day FROM report_current')
  host.advance(1)
  expect([day(), backupsOf(db.path).length]).toEqual([{ day: '2026-02-02' }, 1])
  host.advance(DAY)
  expect([day(), backupsOf(db.path).length]).toEqual([{ day: '2026-02-03' }, 2])
  stop()
  expect(host.timers()).toBe(0)
})

test('a ciphertext without its row is swept, one that is needed stays', () => {
  const { db, host } = makeDesk()
  const kept = storeFile(
    { db, host },
    { name: 'a.png', mime: 'image/png', bytes: Buffer.from('ada') },
    'here',
  )
  const stray = 'f'.repeat(64)
  writeSealed(host.dataDir, stray, Buffer.from('sisa'), host.random(32), host.random(12))
  expect(sweepFiles(db, host.dataDir)).toBe(1)
  expect(existsSync(sealedPath(host.dataDir, stray))).toBe(false)
  expect(existsSync(sealedPath(host.dataDir, kept.sha256))).toBe(true)
})
