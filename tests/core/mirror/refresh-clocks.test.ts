import { expect, test } from 'vitest'
import { refreshClocks, REFRESH_BATCH } from '../../../electron/core/mirror/refresh-clocks.ts'
import { makeDesk } from '../make-desk.ts'
import { changeOf, idOf, reportChanges, settings } from '../sample.ts'

const DAY = 86_400_000

test('a new office day moves every clock, a batch at a time', () => {
  // Verifies CLOCK-01
  const count = REFRESH_BATCH + 10
  const { db, host, desk } = makeDesk({
    changes: Array.from({ length: count }, (_, n) => reportChanges(n + 1)).flat(),
  })
  const status = () =>
    db.all('SELECT DISTINCT clock_status AS status, clock_on AS day FROM report_current ORDER BY 1')
  const refresh = () => refreshClocks(db, { now: host.now(), settings: desk.settings() })
  expect(status()).toEqual([{ status: 'running', day: '2026-02-02' }])
  expect(refresh()).toBe(false)
  host.advance(10 * DAY)
  expect(refresh()).toBe(true)
  expect(status()).toHaveLength(2)
  expect(refresh()).toBe(false)
  expect(status()).toEqual([{ status: 'late', day: '2026-02-12' }])
})

test('new rules move every clock too', () => {
  const { db, host, desk, feed } = makeDesk({ changes: reportChanges(1) })
  const due = () =>
    db.get<{ at: number }>('SELECT clock_due_at AS at FROM report_current WHERE id = ?', idOf(1))!.at
  const before = due()
  const slower = { ...settings, ruleSets: [{ ...settings.ruleSets[0]!, responseDays: 9 }] }
  feed([changeOf('settings', 'PUPR', slower, 2)])
  refreshClocks(db, { now: host.now(), settings: desk.settings() })
  expect(due() - before).toBe(4 * DAY)
})
