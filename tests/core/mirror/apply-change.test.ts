import { expect, test } from 'vitest'
import { markRead } from '../../../electron/core/commands/mark-read.ts'
import { getMeta } from '../../../electron/core/db/meta.ts'
import { applyPage } from '../../../electron/core/mirror/apply-change.ts'
import { enqueue } from '../../../electron/core/outbox/enqueue.ts'
import { listReports } from '../../../electron/core/queries/report-list.ts'
import { makeDesk } from '../make-desk.ts'
import { filterOf, replyChange, replyTo } from '../office.ts'
import { changeOf, idOf, people, removalOf, reportChanges, reportOf } from '../sample.ts'

const projection = { now: 0, settings: null }

test('a page and its cursor arrive together or not at all', () => {
  // Verifies SYNC-03
  const { db } = makeDesk({ bare: true })
  const changes = reportChanges(1)
  const failing = () =>
    applyPage(db, { baseCursor: null, cursor: 'c1', changes, more: false }, () => {
      throw new Error('crash in the middle')
    })
  expect(failing).toThrow('crash')
  expect(getMeta(db, 'cursor')).toBeNull()
  expect(db.get('SELECT count(*) AS n FROM m_reports')).toEqual({ n: 0 })
  applyPage(db, { baseCursor: null, cursor: 'c1', changes, more: false }, () => projection)
  expect(getMeta(db, 'cursor')).toBe('c1')
  expect(db.get('SELECT count(*) AS n FROM report_current')).toEqual({ n: 1 })
})

test('an answer to another question is dropped', () => {
  const { db } = makeDesk()
  const cursor = getMeta(db, 'cursor')
  const page = { baseCursor: 'older', cursor: 'c9', changes: reportChanges(1), more: false }
  expect(applyPage(db, page, () => projection)).toBeNull()
  expect(getMeta(db, 'cursor')).toBe(cursor)
  expect(db.get('SELECT count(*) AS n FROM m_reports')).toEqual({ n: 0 })
})

test('a change nobody understands is kept and stands in no ones way', () => {
  // Verifies SYNC-04
  const { db, feed } = makeDesk({ changes: reportChanges(1) })
  const evil = JSON.parse('{"__proto__":{"polluted":true},"id":1}') as unknown
  feed([
    changeOf('report', idOf(1), { ...reportOf(1), subject: 7 }, 2),
    changeOf('report', idOf(3), evil),
    changeOf('wormhole', 'x', { anything: true }),
    ...reportChanges(2),
  ])
  expect(db.all('SELECT kind, id FROM m_quarantine ORDER BY id')).toEqual([
    { kind: 'report', id: idOf(1) },
    { kind: 'report', id: idOf(3) },
  ])
  expect(db.get('SELECT version FROM m_reports WHERE id = ?', idOf(1))).toEqual({ version: 1 })
  expect(db.get(`SELECT body FROM m_rows WHERE kind = 'wormhole'`)).toEqual({ body: '{"anything":true}' })
  expect(db.get('SELECT count(*) AS n FROM report_current')).toEqual({ n: 2 })
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  feed([changeOf('report', idOf(1), reportOf(1, { subject: 'Baik lagi' }), 3)])
  expect(db.get('SELECT count(*) AS n FROM m_quarantine')).toEqual({ n: 1 })
  expect(db.get('SELECT subject FROM report_current WHERE id = ?', idOf(1))).toEqual({ subject: 'Baik lagi' })
})

test('SYNC-03: a returned answer that comes once more, as in a resync, is applied and remembered once', () => {
  const returned = replyTo(1, { body: 'Versi satu', state: 'returned', returnReason: 'Sebut tanggal' })
  const t = makeDesk({ changes: [...reportChanges(1), replyChange(returned)] })
  t.feed([replyChange({ ...returned, returnReason: 'Sebut tanggal dan tempat' }, 2)])
  expect(t.db.all('SELECT revision, body, reason FROM reply_revisions')).toEqual([
    { revision: 1, body: 'Versi satu', reason: 'Sebut tanggal dan tempat' },
  ])
})

test('words before state and state before words both end in one row', () => {
  const { db, feed } = makeDesk()
  const [words, state] = reportChanges(1)
  feed([state!])
  expect(db.get('SELECT count(*) AS n FROM report_current')).toEqual({ n: 0 })
  feed([words!])
  expect(db.get('SELECT state FROM report_current')).toEqual({ state: 'received' })
})

test('an anonymous reporter has no name in any list, from the moment someone here hides it', () => {
  // Verifies PRIV-01
  const { db, desk } = makeDesk({ changes: reportChanges(1) })
  const name = () => db.get('SELECT reporter_name AS name, anonymous FROM report_current')
  expect(name()).toEqual({ name: 'Warga 1', anonymous: 0 })
  enqueue(desk, { kind: 'report.set_flags', reportId: idOf(1), baseVersion: 1, payload: { anonymous: true } })
  expect(name()).toEqual({ name: null, anonymous: 1 })
})

test('a report counts as unread until someone here has opened its present version', () => {
  const { desk, feed } = makeDesk({ changes: reportChanges(1) })
  const unread = () => listReports(desk, filterOf({ view: 'all' })).items[0]!.unread
  expect(unread()).toBe(true)
  markRead(desk, idOf(1))
  feed([changeOf('report_state', idOf(1), reportChanges(1)[1]!.body, 2)])
  expect(unread()).toBe(false)
  feed([changeOf('report', idOf(1), reportOf(1, { body: 'Tambahan dari warga' }), 2)])
  expect(unread()).toBe(true)
})

test('the search index follows the words', () => {
  const { db, feed } = makeDesk({ changes: reportChanges(1, { body: 'lampu padam' }) })
  const hits = (word: string) =>
    db.all('SELECT rowid FROM report_search WHERE report_search MATCH ?', word).length
  expect([hits('padam'), hits('banjir')]).toEqual([1, 0])
  feed([changeOf('report', idOf(1), reportOf(1, { body: 'banjir lagi' }), 2)])
  expect([hits('padam'), hits('banjir')]).toEqual([0, 1])
  feed([removalOf(idOf(1))])
  expect(hits('banjir')).toBe(0)
})

test('a person who leaves, a letter, settings: each marks its own questions stale', () => {
  const { feed, stale } = makeDesk()
  stale.length = 0
  feed([removalOf(people.clerk2.id, 'person')])
  expect(stale).toEqual([])
})
