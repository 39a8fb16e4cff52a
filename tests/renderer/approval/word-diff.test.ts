import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffCounts, wordDiff } from '../../../renderer/features/approval/word-diff.ts'

const side = (parts: ReturnType<typeof wordDiff>, without: 'added' | 'removed') =>
  parts
    .filter((p) => p.kind !== without)
    .map((p) => p.text)
    .join('')

test('equal texts are one unchanged part', () => {
  expect(wordDiff('Jalan sudah ditambal.', 'Jalan sudah ditambal.')).toEqual([
    { kind: 'same', text: 'Jalan sudah ditambal.' },
  ])
  expect(wordDiff('', '')).toEqual([])
})

test('a changed word is shown removed, then added, inside its sentence', () => {
  expect(wordDiff('Jalan akan ditambal besok pagi.', 'Jalan akan ditambal Senin pagi.')).toEqual([
    { kind: 'same', text: 'Jalan akan ditambal ' },
    { kind: 'removed', text: 'besok' },
    { kind: 'added', text: 'Senin' },
    { kind: 'same', text: ' pagi.' },
  ])
})

test('an insertion alone removes nothing', () => {
  const parts = wordDiff('Yth. Warga, air mengalir.', 'Yth. Warga SP2, air mengalir.')
  expect(diffCounts(parts)).toEqual({ removed: 0, added: 1 })
  expect(side(wordDiff('a b', 'a b c'), 'added')).toBe('a b')
})

test('both versions can be read back from the parts, whatever the texts', () => {
  const sample = fc
    .array(fc.constantFrom('jalan', 'air', 'lampu', 'SP2', 'rusak.', '\n', '  ', 'Timika'), { maxLength: 40 })
    .map((list) => list.join(' '))
  fc.assert(
    fc.property(sample, sample, (before, after) => {
      const parts = wordDiff(before, after)
      expect(side(parts, 'added').replaceAll(/\s/g, '')).toBe(before.replaceAll(/\s/g, ''))
      expect(side(parts, 'removed')).toBe(after)
    }),
  )
})

test('the longest answers are compared in well under a second', () => {
  const before = Array.from({ length: 3300 }, (_, i) => `kata${i % 97}`).join(' ')
  const after = Array.from({ length: 3300 }, (_, i) => `kata${i % 89}`).join(' ')
  const started = performance.now()
  const parts = wordDiff(before, after)
  expect(performance.now() - started).toBeLessThan(1000)
  expect(side(parts, 'removed')).toBe(after)
})

test('punctuation and line breaks do not drag their neighbours into a change', () => {
  expect(wordDiff('Tim memeriksa lokasi.\n\nSalam', 'Tim memeriksa lokasi hari ini.\n\nSalam')).toEqual([
    { kind: 'same', text: 'Tim memeriksa lokasi' },
    { kind: 'added', text: ' hari ini' },
    { kind: 'same', text: '.\n\nSalam' },
  ])
})
