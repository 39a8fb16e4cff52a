import {
  BLANK_NUMBER,
  compareNumbers,
  letterNumber,
  nextSuffix,
  parseLetterNumber,
  patternProblems,
  registerYear,
  romanMonth,
} from '@shared/domain/numbering.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const parts = { classification: '600.1.9', unit: 'PUPR', n: 128, date: '2026-11-24' }

describe('patterns', () => {
  test.each([
    ['{K}/{N}/{UNIT}/{Y}', {}, '600.1.9/128/PUPR/2026'],
    ['{K}/{N:3}/{UNIT}', { n: 7 }, '600.1.9/007/PUPR'],
    ['{KS}/{N}/{K}/{Y}', { secrecy: 'B' }, 'B/128/600.1.9/2026'],
    ['{KS}/{N}/{K}/{Y}', {}, '128/600.1.9/2026'],
    ['{N}/{UNIT}/{BULAN_ROMAWI}/{Y}', { unit: '' }, '128/XI/2026'],
    ['{N}{SISIP}/{K}/{MM}/{Y}', { suffix: 'a' }, '128.a/600.1.9/11/2026'],
    ['{K}/{N}/{UNIT}/{Y}', { suffix: 'a' }, '600.1.9/128.a/PUPR/2026'],
    ['W.{N}/{UNIT} SETDA/{Y}', {}, 'W.128/PUPR SETDA/2026'],
    ['{K}/{N}/{UNIT}/{Y}', { n: null }, `600.1.9/${BLANK_NUMBER}/PUPR/2026`],
  ])('%s %o → %s', (pattern, change, number) => {
    expect(letterNumber(pattern, { ...parts, ...change })).toBe(number)
  })

  test('a pattern that cannot make a number is refused, not guessed', () => {
    expect(patternProblems('{K}/{N}/{Y}')).toEqual([])
    expect(patternProblems('{K}/{Y}')).toEqual(['N'])
    expect(patternProblems('{N}/{N}')).toEqual(['N'])
    expect(patternProblems('{N}/{BULAN}')).toEqual(['BULAN'])
    expect(patternProblems('{N}/{unit}')).toEqual(['{'])
    expect(() => letterNumber('{K}/{BULAN}', parts)).toThrow(RangeError)
  })

  test('years and Roman months', () => {
    expect(registerYear('2027-01-01')).toBe(2027)
    expect([1, 4, 9, 12].map(romanMonth)).toEqual(['I', 'IV', 'IX', 'XII'])
    expect(() => romanMonth(13)).toThrow(RangeError)
  })
})

describe('reading back', () => {
  const patterns = [
    '{K}/{N}/{UNIT}/{Y}',
    '{K}/{N:3}/{UNIT}',
    '{KS}/{N}/{K}/{Y}',
    '{N}{SISIP}/{UNIT}/{K}/{BULAN_ROMAWI}/{Y}',
    'W.{N}/{UNIT} SETDA/{MM}/{Y}',
  ]

  test('every number made by a pattern is read back by it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...patterns),
        fc.integer({ min: 1, max: 99_999 }),
        fc.constantFrom('', 'a', 'b.1', '12'),
        fc.constantFrom('', 'B', 'SR'),
        fc.integer({ min: 1, max: 12 }),
        (pattern, n, suffix, secrecy, month) => {
          const date = `2026-${String(month).padStart(2, '0')}-09`
          const number = letterNumber(pattern, { ...parts, n, suffix, secrecy, date })
          expect(parseLetterNumber(pattern, number)).toEqual({
            n,
            suffix,
            year: pattern.includes('{Y}') ? 2026 : null,
          })
        },
      ),
    )
  })

  test('other texts are not numbers', () => {
    for (const text of ['', '128', '600.1.9/x/PUPR/2026', '600.1.9/128/PUPR', 'PUPR-26-000412'])
      expect(parseLetterNumber('{K}/{N}/{UNIT}/{Y}', text)).toBeNull()
  })
})

test('registers are ordered by number, never as text', () => {
  const shuffled = ['10', '9', '9.a', '9.b', '9.aa', '100', '9.a.2', '9.a.10']
  const rows = shuffled.map((text) => {
    const [n = '', ...suffix] = text.split('.')
    return { n: Number(n), suffix: suffix.join('.') }
  })
  const sorted = rows
    .toSorted(compareNumbers)
    .map((row) => [row.n, row.suffix].filter((x) => x !== '').join('.'))
  expect(sorted).toEqual(['9', '9.a', '9.a.2', '9.a.10', '9.b', '9.aa', '10', '100'])
})

test('inserted numbers take the first free letter', () => {
  expect(nextSuffix([])).toBe('a')
  expect(nextSuffix(['a', 'c'])).toBe('b')
  expect(() => nextSuffix(Array.from('abcdefghijklmnopqrstuvwxyz'))).toThrow(RangeError)
})
