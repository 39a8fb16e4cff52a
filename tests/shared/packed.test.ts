import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Change } from '@shared/sync/feed.ts'
import { packChanges, PackedChanges } from '@shared/sync/packed.ts'

const json = fc.jsonValue({ maxDepth: 2 })
const body = fc.oneof(
  { weight: 3, arbitrary: fc.record({ id: fc.constantFrom('a', 'b'), state: json, note: json }) },
  { weight: 2, arbitrary: fc.record({ note: json, id: json }, { requiredKeys: ['id'] }) },
  fc.dictionary(fc.constantFrom('constructor', 'toString', 'x-y', '', '1', 'kata'), json),
  json,
)
const change: fc.Arbitrary<Change> = fc
  .record({
    seq: fc.integer({ min: 1, max: 2 ** 40 }),
    kind: fc.constantFrom('report', 'report_state', 'entry', 'baru', '__proto__'),
    id: fc.constantFrom('a', 'b', 'c'),
    version: fc.integer({ min: 1, max: 99 }),
    body,
    gone: fc.integer({ min: 0, max: 4 }),
  })
  .map(({ gone, ...one }) => ({
    ...one,
    body: gone === 0 ? null : one.body,
    removed: gone === 0 ? { reason: 'reassigned' as const, movedTo: 'DLH' } : null,
  }))

test('what is packed comes out as it was, in order, down to the order of the fields', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      const sent = JSON.stringify(packChanges(changes))
      const got = PackedChanges.parse(JSON.parse(sent))
      expect(JSON.stringify(got)).toBe(JSON.stringify(changes))
    }),
    { numRuns: 500, seed: 20261124 },
  )
})

const two: Change[] = [
  { seq: 5, kind: 'report', id: 'a', version: 1, body: { id: 'a', subject: 'x' }, removed: null },
  { seq: 6, kind: 'report', id: 'b', version: 1, body: { id: 'b', subject: 'y' }, removed: null },
]

test('an id that a body repeats is not sent twice, and no name more than once', () => {
  const packed = packChanges(two)
  expect(packed.tables[0]!.columns).toEqual([0, ['x', 'y']])
  expect(JSON.stringify(packed).match(/subject/g)).toHaveLength(1)
})

test('columns that do not fit together are refused whole', () => {
  const right = packChanges(two)
  const table = right.tables[0]!
  const bent: Record<string, unknown> = {
    'a row too few': { ...right, order: [0] },
    'a table nobody names': { ...right, tables: [table, { ...table, kind: 'entry' }] },
    'a table that is not there': { ...right, order: [0, 1] },
    'more rows than the table has': { ...right, order: [0, 0, 0], seqs: [5, 1, 1] },
    'a short column': { ...right, tables: [{ ...table, columns: [0, ['x']] }] },
    'a column too many': { ...right, tables: [{ ...table, columns: [0, ['x', 'y'], ['z', 'z']] }] },
    'versions missing': { ...right, tables: [{ ...table, versions: [1] }] },
    'a field twice': { ...right, tables: [{ ...table, fields: ['id', 'id'] }] },
    'a field that is a prototype': { ...right, tables: [{ ...table, fields: ['id', '__proto__'] }] },
    'a seq of nothing': { ...right, seqs: [5, -5] },
    'a seq beyond numbers': { ...right, seqs: [2 ** 53 - 1, 2 ** 53 - 1] },
    'removed with columns': {
      ...right,
      tables: [{ ...table, removed: [0, 1].map(() => ({ reason: 'deleted', movedTo: null })) }],
    },
    'a stranger beside': { ...right, extra: 1 },
  }
  for (const [name, form] of Object.entries(bent))
    expect(PackedChanges.safeParse(form).success, name).toBe(false)
  expect(PackedChanges.parse(right)).toEqual(two)
})
