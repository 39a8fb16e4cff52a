import { expect, test } from 'vitest'
import { setMeta } from '../../../electron/core/db/meta.ts'
import { indexPending, pendingFrom } from '../../../electron/core/mirror/search-index.ts'
import { listReports } from '../../../electron/core/queries/report-list.ts'
import { searchCatcher } from '../../../electron/core/sync/catch-up-search.ts'
import { makeDesk, type TestDesk } from '../make-desk.ts'
import { filterOf } from '../office.ts'
import { changeOf, idOf, officeChanges, removalOf, reportChanges, reportOf } from '../sample.ts'

const found = ({ db }: TestDesk, word: string) =>
  db.get<{ n: number }>('SELECT count(*) AS n FROM report_search WHERE report_search MATCH ?', word)!.n
const reworded = (n: number, body: string) => changeOf('report', idOf(n), reportOf(n, { body }), 2)

test('a first mirror of several pages shows its rows first and is searched afterwards', () => {
  const desk = makeDesk({ bare: true })
  desk.feed([...officeChanges(), ...reportChanges(1)], true)
  desk.feed(reportChanges(2))
  expect(desk.db.get('SELECT count(*) AS n FROM report_current')).toEqual({ n: 2 })
  expect([pendingFrom(desk.db), found(desk, 'lubang')]).toEqual([1, 0])

  const told: string[][] = []
  const catcher = searchCatcher({ ...desk, stale: (topics) => told.push(topics) })
  catcher.go()
  desk.host.advance(1000)
  expect([pendingFrom(desk.db), found(desk, 'lubang')]).toEqual([null, 2])
  expect(told).toEqual([['reports']])
  catcher.go()
  expect(desk.host.timers()).toBe(0)
})

test('a search index that is not caught up waits for a whole mirror, and nothing happens after stop', () => {
  const desk = makeDesk({ bare: true })
  desk.feed([...officeChanges(), ...reportChanges(1)], true)
  const catcher = searchCatcher({ ...desk, stale: () => {} })
  catcher.go()
  expect(desk.host.timers()).toBe(0)
  desk.feed(reportChanges(2))
  catcher.go()
  catcher.stop()
  desk.host.advance(1000)
  expect(found(desk, 'lubang')).toBe(0)
})

test('what changes or goes before its turn is indexed once, as it is then', () => {
  const desk = makeDesk({ bare: true })
  desk.feed([...officeChanges(), ...reportChanges(1), ...reportChanges(2)], true)
  desk.feed([reworded(1, 'Batu zamrud.'), removalOf(idOf(2))])
  expect(indexPending(desk.db)).toBe(false)
  expect([found(desk, 'zamrud'), found(desk, 'rumah')]).toEqual([1, 0])
  // From now on a change is searchable in the transaction that brings it.
  desk.feed([reworded(1, 'Batu kecubung.')])
  expect([found(desk, 'zamrud'), found(desk, 'kecubung')]).toEqual([0, 1])
})

test('a mirror of one page is searchable at once', () => {
  const desk = makeDesk({ changes: reportChanges(1) })
  expect([pendingFrom(desk.db), found(desk, 'lubang')]).toEqual([null, 1])
})

test('a search meanwhile says how far the index is, an order of the inbox does not, and nothing is said at the end', () => {
  const desk = makeDesk({ bare: true })
  desk.feed([...officeChanges(), ...reportChanges(1)])
  // Another mirror of several pages later: 1 report is searchable, 130 are not yet.
  setMeta(desk.db, 'cursor', null)
  const many = Array.from({ length: 130 }, (_, i) => reportChanges(i + 2)).flat()
  desk.feed(many, true)
  desk.feed([])
  const asked = (q: string) => listReports(desk.desk, filterOf({ view: 'all', q })).indexing
  expect(asked('lubang')).toEqual({ done: 1, total: 131 })
  expect(asked('')).toBeNull()
  expect(indexPending(desk.db)).toBe(true)
  expect(asked('lubang')).toEqual({ done: 101, total: 131 })
  expect(indexPending(desk.db)).toBe(false)
  expect(asked('lubang')).toBeNull()
})
