import { expect, test } from 'vitest'
import { FAMILIES } from '../../../electron/core/search/families.ts'
import { familyOf, stemOf } from '../../../electron/core/search/tokens.ts'

test('no word and no stem belongs to two families', () => {
  const owners = new Map<string, string>()
  const clashes: string[] = []
  for (const { key, members } of FAMILIES) {
    for (const { words, literal } of members) {
      for (const form of literal || words.includes(' ') ? [words] : [words, stemOf(words)]) {
        const owner = owners.get(form) ?? key
        if (owner !== key) clashes.push(`${form}: ${owner}, ${key}`)
        owners.set(form, owner)
      }
    }
  }
  expect(clashes).toEqual([])
})

test('keys are tokens of their own, at most one family each', () => {
  const keys = FAMILIES.map((family) => family.key)
  expect(new Set(keys).size).toBe(keys.length)
  for (const key of keys) expect(key).toMatch(/^xq[a-z]+$/)
})

test.each([
  ['kerusakan', 'rusaknya'],
  ['genangan', 'banjir'],
  ['penumpukan', 'ditumpuk'],
  ['perekaman', 'rekam'],
  ['keterlambatan', 'telat'],
  ['tra', 'tidak'],
  ['sa', 'saya'],
])('%s and %s are one family', (a, b) => {
  expect(familyOf(a)).toBeDefined()
  expect(familyOf(a)).toBe(familyOf(b))
})

test('KK belongs to none: it is Kartu Keluarga and Kuala Kencana', () =>
  expect(familyOf('kk')).toBeUndefined())
