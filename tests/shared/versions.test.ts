import { scopeDigest, type DigestRow } from '@shared/sync/digest.ts'
import { type ExchangeRequest, MIN_PROTOCOL, PROTOCOL } from '@shared/sync/exchange.ts'
import { agree, requestIn, SPOKEN } from '@shared/sync/versions.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

test.each([
  ['the same build', { newest: 6, oldest: 3 }, { newest: 6, oldest: 3 }, 6],
  ['a desk three versions behind', { newest: 3, oldest: 1 }, { newest: 6, oldest: 3 }, 3],
  ['a hub three versions behind', { newest: 6, oldest: 3 }, { newest: 3, oldest: 1 }, 3],
  ['a desk four versions behind', { newest: 2, oldest: 1 }, { newest: 6, oldest: 3 }, 'hub_too_new'],
  ['a hub four versions behind', { newest: 6, oldest: 3 }, { newest: 2, oldest: 1 }, 'hub_too_old'],
])('%s', (_name, desk, hub, agreed) => expect(agree(desk, hub)).toBe(agreed))

test('four versions are kept', () => {
  expect(SPOKEN).toEqual({ newest: PROTOCOL, oldest: MIN_PROTOCOL })
  expect(MIN_PROTOCOL).toBe(Math.max(1, PROTOCOL - 3))
})

test('an older version is never sent what it does not know', () => {
  const request: ExchangeRequest = {
    protocol: PROTOCOL,
    sessions: {},
    cursor: null,
    mutations: [],
    want: { maxChanges: 10, order: 'urgent', digest: true },
    audit: null,
    numbers: { leases: [], highest: [] },
    offering: true,
  }
  const { numbers: _, offering: __, ...old } = request
  expect(requestIn(1, request)).toEqual({ ...old, protocol: 1, want: { maxChanges: 10 } })
  expect(requestIn(PROTOCOL, request)).toEqual(request)
  expect(request.want.order).toBe('urgent')
})

const rows = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom('report', 'report_state'),
    id: fc.uuid(),
    version: fc.integer({ min: 1, max: 99 }),
  }),
  { minLength: 1, maxLength: 40, selector: (row) => row.kind + row.id },
)

test('a digest sees every row and version, and no order', () => {
  fc.assert(
    fc.property(rows, fc.nat(), (list: DigestRow[], n) => {
      const digest = scopeDigest(list)
      const at = n % list.length
      expect(scopeDigest(list.toReversed())).toEqual(digest)
      expect(scopeDigest(list.filter((_, i) => i !== at))).not.toEqual(digest)
      const old = list.map((row, i) => (i === at ? { ...row, version: row.version + 1 } : row))
      expect(scopeDigest(old)).not.toEqual(digest)
      const doubled = [...list, list[at]!]
      expect(scopeDigest(doubled)).not.toEqual(digest)
    }),
  )
  expect(scopeDigest([])).toEqual({ count: 0, hash: '0000000000000000' })
})
