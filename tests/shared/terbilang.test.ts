import { countOf, terbilang } from '@shared/domain/terbilang.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

test.each([
  [0, 'nol'],
  [1, 'satu'],
  [10, 'sepuluh'],
  [11, 'sebelas'],
  [19, 'sembilan belas'],
  [20, 'dua puluh'],
  [21, 'dua puluh satu'],
  [100, 'seratus'],
  [111, 'seratus sebelas'],
  [1000, 'seribu'],
  [1284, 'seribu dua ratus delapan puluh empat'],
  [11_000, 'sebelas ribu'],
  [21_001, 'dua puluh satu ribu satu'],
  [101_000, 'seratus satu ribu'],
  [1_001_000, 'satu juta seribu'],
  [2_000_000_000, 'dua miliar'],
  [-3, 'minus tiga'],
])('%i is %s', (value, words) => expect(terbilang(value)).toBe(words))

test('words are unique per number and never hold double spaces', () => {
  fc.assert(
    fc.property(fc.nat(999_999_999), fc.nat(999_999_999), (a, b) => {
      expect(terbilang(a) === terbilang(b)).toBe(a === b)
      expect(terbilang(a)).toMatch(/^[a-z]+( [a-z]+)*$/)
    }),
  )
})

test('counts of attachments, and numbers that have no words', () => {
  expect(countOf(2, 'berkas')).toBe('2 (dua) berkas')
  expect(countOf(0, 'berkas')).toBe('-')
  expect(() => terbilang(1.5)).toThrow(RangeError)
  expect(() => terbilang(1e15)).toThrow(RangeError)
})
