import { expect, test } from 'vitest'
import { enqueue } from '../../../electron/core/outbox/enqueue.ts'
import { makeDesk } from '../make-desk.ts'
import { idOf, reportChanges } from '../sample.ts'

const current =
  'SELECT state, class, pending, clock_status, clock_due_at, open FROM report_current WHERE id = ?'

test('a queued act shows at once, with its audit entry, in one transaction', () => {
  // Verifies SYNC-01
  const { desk, db, stale, wakes } = makeDesk({ changes: reportChanges(1) })
  expect(db.get(current, idOf(1))).toMatchObject({
    state: 'received',
    pending: 0,
    clock_status: 'running',
    open: 1,
  })
  const queued = enqueue(desk, {
    kind: 'report.verify',
    reportId: idOf(1),
    baseVersion: 1,
    payload: { class: 'keluhan', oversight: false, priority: 'high' },
  })
  expect(queued.undoUntil).toBeNull()
  expect(db.get(current, idOf(1))).toMatchObject({ state: 'verified', class: 'keluhan', pending: 1 })
  expect(db.get('SELECT kind, state, person_id FROM outbox')).toEqual({
    kind: 'report.verify',
    state: 'queued',
    person_id: desk.person.id,
  })
  expect(db.get('SELECT action, subject_id FROM audit')).toEqual({
    action: 'report.verify',
    subject_id: idOf(1),
  })
  expect(stale).toContain(`report:${idOf(1)}`)
  expect(wakes()).toBe(1)
})

test('an act that cannot be written leaves nothing behind', () => {
  const { desk, db } = makeDesk({ changes: reportChanges(1) })
  const act = () =>
    enqueue(
      desk,
      { kind: 'report.note', reportId: idOf(1), baseVersion: 1, payload: { text: 'halo' } },
      () => {
        throw new Error('the caller failed')
      },
    )
  expect(act).toThrow('the caller failed')
  expect(db.get('SELECT count(*) AS n FROM outbox')).toEqual({ n: 0 })
  expect(db.get('SELECT count(*) AS n FROM audit')).toEqual({ n: 0 })
})

test('an act outside its schema is refused before anything is written', () => {
  const { desk, db } = makeDesk({ changes: reportChanges(1) })
  const payload = { text: 'halo', extra: true }
  expect(() => enqueue(desk, { kind: 'report.note', reportId: idOf(1), baseVersion: 1, payload })).toThrow()
  expect(db.get('SELECT count(*) AS n FROM outbox')).toEqual({ n: 0 })
})
