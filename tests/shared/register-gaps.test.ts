import { gapsOf, inRegisterOrder, nextLeasedNumber, registerTotals } from '@shared/domain/register-gaps.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const here = 'pc-a'
const row = (n: number, state: 'issued' | 'void' = 'issued', suffix = '') => ({ n, suffix, state })
const lease = (from: number, to: number, deviceId = here, expiresAt = 1000) => ({
  from,
  to,
  deviceId,
  expiresAt,
})

describe('gaps', () => {
  test('every number without a letter has a reason', () => {
    const rows = [row(1), row(2, 'void'), row(5), row(5, 'issued', 'a'), row(11)]
    const leases = [lease(6, 8), lease(12, 13, 'pc-b'), lease(9, 9, 'pc-b', 10)]
    expect(gapsOf(rows, leases, [], { deviceId: here, now: 500 })).toEqual([
      { from: 3, to: 4, why: 'unexplained', deviceId: null },
      { from: 6, to: 8, why: 'leased_here', deviceId: here },
      { from: 9, to: 9, why: 'expired', deviceId: 'pc-b' },
      { from: 10, to: 10, why: 'unexplained', deviceId: null },
      { from: 12, to: 13, why: 'leased_elsewhere', deviceId: 'pc-b' },
    ])
    expect(registerTotals(rows, gapsOf(rows, leases, [], { deviceId: here, now: 500 }))).toEqual({
      last: 11,
      used: 4,
      void: 1,
      inserted: 1,
      unexplained: 4,
      leased: 5,
    })
  })

  // Verifies LETT-01
  test('numbers that a restored hub passed over say so, even above the last one used; leases inside them win', () => {
    const passed = [{ from: 3, to: 9 }]
    expect(gapsOf([row(1), row(4)], [lease(5, 6)], passed, { deviceId: here, now: 500 })).toEqual([
      { from: 2, to: 2, why: 'unexplained', deviceId: null },
      { from: 3, to: 3, why: 'restored', deviceId: null },
      { from: 5, to: 6, why: 'leased_here', deviceId: here },
      { from: 7, to: 9, why: 'restored', deviceId: null },
    ])
  })

  test('an empty register has none', () => expect(gapsOf([], [], [], { deviceId: here, now: 0 })).toEqual([]))

  test('letters and gaps together cover 1…last exactly once', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 30 })
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 70 }), fc.nat(10), (used, from, size) => {
        const gaps = gapsOf(
          used.map((n) => row(n)),
          [lease(from, from + size)],
          [],
          { deviceId: here, now: 0 },
        )
        const covered = [
          ...used,
          ...gaps.flatMap((gap) => Array.from({ length: gap.to - gap.from + 1 }, (_, i) => gap.from + i)),
        ]
        const last = Math.max(0, ...used)
        expect(new Set(covered).size).toBe(covered.length)
        for (let n = 1; n <= last; n++) expect(covered).toContain(n)
      }),
    )
  })
})

// Verifies LETT-01
describe('the next number of this PC', () => {
  test.each([
    ['no lease', [], [], null],
    ['the first of the block', [], [lease(5, 7)], 5],
    ['after what was used, void counts as used', [row(5), row(6, 'void' as const)], [lease(5, 7)], 7],
    ['the block is used up', [row(5)], [lease(5, 5)], null],
    ['lower blocks first', [row(3)], [lease(20, 22), lease(3, 4)], 4],
    ['another PC’s block is not ours', [], [lease(5, 7, 'pc-b')], null],
    ['an expired block is not ours', [], [lease(5, 7, here, 100)], null],
  ])('%s', (_name, rows, leases, next) => expect(nextLeasedNumber(rows, leases, here, 100)).toBe(next))
})

test('the paper register is in number order', () => {
  expect(inRegisterOrder([row(10), row(9, 'issued', 'a'), row(9)])).toEqual([
    row(9),
    row(9, 'issued', 'a'),
    row(10),
  ])
})
