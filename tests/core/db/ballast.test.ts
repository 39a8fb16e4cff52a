import { existsSync, statSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Ballast, diskBelow, LOW_BYTES } from '../../../electron/core/db/ballast.ts'
import { idOf, reportOf, reportStateOf } from '../sample.ts'
import { clerksPc } from '../accounts/with-fake-hub.ts'
import { makeDesk, testFolder } from '../make-desk.ts'

const MB = 1024 * 1024

test('the ballast grows slice by slice while there is plenty, is given up once, and comes back', () => {
  const path = join(testFolder(), 'desk.ballast')
  let free = LOW_BYTES * 4
  const ballast = new Ballast(
    path,
    { ballastBytes: 5 * MB, lowBytes: LOW_BYTES, freeBytes: () => free },
    randomBytes,
  )
  expect([ballast.isLow(), ballast.release()]).toEqual([false, false])
  expect([ballast.grow(), ballast.grow(), ballast.grow(), ballast.grow()]).toEqual([true, true, false, false])
  expect(statSync(path).size).toBe(5 * MB)
  expect([ballast.release(), ballast.release(), existsSync(path)]).toEqual([true, false, false])
  free = LOW_BYTES + MB
  expect([ballast.grow(), ballast.isLow(), existsSync(path)]).toEqual([false, false, false])
  free = LOW_BYTES - 1
  expect(ballast.isLow()).toBe(true)
})

test('the real disk answers; a small one is low when a tenth is left', () => {
  const disk = diskBelow(testFolder())
  expect(disk.freeBytes()).toBeGreaterThan(0)
  expect(disk.lowBytes).toBeLessThanOrEqual(LOW_BYTES)
  expect(diskBelow('/there/is/no/such/folder').freeBytes()).toBe(Number.MAX_SAFE_INTEGER)
})

test('on a full disk the whole unit runs once more in the room the ballast gave', () => {
  // Verifies SYNC-01
  const { db } = makeDesk({ bare: true })
  db.pragma(`max_page_count = ${db.pragma('page_count') as number}`)
  let runs = 0
  const fill = () => {
    runs++
    for (let i = 0; i < 40; i++)
      db.run('INSERT INTO meta (key, value) VALUES (?, ?)', `k${i}`, 'x'.repeat(4000))
  }
  let given = 0
  db.makeRoom = () => {
    given++
    db.pragma('max_page_count = 1073741823')
    return true
  }
  expect(() => db.tx(fill, { ballast: false })).toThrow('SQLITE_FULL')
  expect([runs, given]).toEqual([1, 0])
  db.tx(fill)
  expect([runs, given]).toEqual([3, 1])
  expect(db.get('SELECT count(*) AS n FROM meta WHERE key LIKE ?', 'k%')).toEqual({ n: 40 })
})

test('short of room: acts travel, nothing is pulled, and the status says so until there is room again', async () => {
  // Verifies SYNC-05
  let free = Number.MAX_SAFE_INTEGER
  const pc = await clerksPc({ storage: { ballastBytes: 0, lowBytes: LOW_BYTES, freeBytes: () => free } })
  expect((await pc.call('sync.status', {})).problem).toBeNull()
  free = LOW_BYTES - 1
  pc.hub.put('report', idOf(9), reportOf(9))
  pc.hub.put('report_state', idOf(9), reportStateOf(9))
  await pc.call('reports.triage', { reportId: idOf(1), action: 'note', payload: { text: 'tetap bekerja' } })
  expect(await pc.call('sync.now', {})).toMatchObject({
    phase: 'idle',
    problem: 'disk_low',
    queued: 0,
    mirroredReportCount: 3,
  })
  expect(pc.hub.effects).toHaveLength(1)
  free = Number.MAX_SAFE_INTEGER
  expect(await pc.call('sync.now', {})).toMatchObject({ problem: null, mirroredReportCount: 4 })
})
