import { expect, test } from 'vitest'
import { makeDesk } from '../make-desk.ts'

test('values bind by place and by number', () => {
  const { db } = makeDesk({ bare: true })
  expect(db.get('SELECT ? AS a, ? AS b', 1, 'x')).toEqual({ a: 1, b: 'x' })
  expect(db.get('SELECT ?2 AS a, ?1 AS b, ?2 AS c', 1, 'x')).toEqual({ a: 'x', b: 1, c: 'x' })
  expect([...db.iterate('SELECT ?1 AS a', 7)]).toEqual([{ a: 7 }])
})

test('a transaction is all or nothing, joins an outer one, and never waits', () => {
  const { db } = makeDesk({ bare: true })
  const put = (key: string) => db.run('INSERT INTO meta (key, value) VALUES (?, ?)', key, '1')
  const keys = () => db.all<{ key: string }>('SELECT key FROM meta ORDER BY key').map((row) => row.key)
  const failing = () =>
    db.tx(() => {
      put('a')
      db.tx(() => put('b'))
      throw new Error('no')
    })
  expect(failing).toThrow('no')
  expect(keys()).toEqual([])
  expect(() => db.tx(() => Promise.resolve(put('c')))).toThrow('must not wait')
  expect(keys()).toEqual([])
  db.tx(() => put('d'))
  expect(keys()).toEqual(['d'])
})
