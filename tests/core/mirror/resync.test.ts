import { expect, test } from 'vitest'
import { getMeta } from '../../../electron/core/db/meta.ts'
import { beginResync } from '../../../electron/core/mirror/resync.ts'
import { enqueue } from '../../../electron/core/outbox/enqueue.ts'
import { makeDesk } from '../make-desk.ts'
import { idOf, officeChanges, people, reportChanges } from '../sample.ts'

test('a resync renews the mirror, and only its end removes what the hub no longer has', () => {
  const { db, desk, feed } = makeDesk({
    changes: [...reportChanges(1), ...reportChanges(2), ...reportChanges(3)],
  })
  enqueue(desk, { kind: 'report.note', reportId: idOf(2), baseVersion: 1, payload: { text: 'catatan' } })
  db.run(
    `INSERT INTO drafts (id, report_id, kind, body, attachments, author_id, saved_at, report_number, report_subject)
     VALUES (?, ?, 'final', 'naskah', '[]', ?, 0, '', '')`,
    idOf(9),
    idOf(3),
    people.clerk.id,
  )
  const ids = () => db.all<{ id: string }>('SELECT id FROM report_current ORDER BY id').map((row) => row.id)
  beginResync(db)
  expect(getMeta(db, 'cursor')).toBeNull()
  expect(getMeta(db, 'mirror_complete')).toBeNull()
  feed(officeChanges(), true)
  feed(reportChanges(2, { subject: 'Baru' }), true)
  expect(ids()).toEqual([idOf(1), idOf(2), idOf(3)])
  feed(reportChanges(4))
  expect(ids()).toEqual([idOf(2), idOf(4)])
  expect(getMeta(db, 'mirror_complete')).toBe('1')
  expect(db.get('SELECT subject, pending FROM report_current WHERE id = ?', idOf(2))).toEqual({
    subject: 'Baru',
    pending: 1,
  })
  expect(db.get('SELECT body FROM drafts')).toEqual({ body: 'naskah' })
  expect(db.get('SELECT state FROM outbox')).toEqual({ state: 'queued' })
})
