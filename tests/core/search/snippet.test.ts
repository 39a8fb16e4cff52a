import fc from 'fast-check'
import { expect, test } from 'vitest'
import { snippetOf } from '../../../electron/core/search/snippet.ts'

const text =
  'Lampu jalan dari Polres sampai traffic light Diana banyak mati. Kerusakan sudah dilaporkan di SP 2.'

test.each([
  [
    'rusak ',
    'Lampu jalan dari Polres sampai traffic light Diana banyak mati. [[Kerusakan]] sudah dilaporkan di SP 2.',
  ],
  [
    'lampu merah',
    '[[Lampu]] jalan dari Polres sampai [[traffic]] [[light]] Diana banyak mati. Kerusakan sudah dilaporkan di SP 2.',
  ],
  [
    'dia',
    'Lampu jalan dari Polres sampai traffic light [[Diana]] banyak mati. Kerusakan sudah dilaporkan di SP 2.',
  ],
  [
    'sp2 ',
    'Lampu jalan dari Polres sampai traffic light Diana banyak mati. Kerusakan sudah dilaporkan di [[SP]] [[2]].',
  ],
])('%s is marked', (query, marked) => expect(snippetOf(text, query)).toBe(marked))

test('a long text is cut around the hit', () => {
  const long = `${'kata '.repeat(200)}banjir ${'lain '.repeat(200)}`
  const snippet = snippetOf(long, 'banjir')!
  expect(snippet).toMatch(/^… .*\[\[banjir\]\].* …$/)
  expect(snippet.length).toBeLessThan(170)
})

test('no hit, no snippet', () => expect(snippetOf(text, 'sampah')).toBeNull())

test('without its marks a snippet of a short text is the text', () => {
  const words = fc.array(fc.constantFrom('lampu', 'merah', 'sp', '2', 'banjir', 'kali', 'jalan'), {
    minLength: 1,
    maxLength: 12,
  })
  fc.assert(
    fc.property(words, words, (body, query) => {
      const snippet = snippetOf(body.join(' '), query.join(' '), 500)
      if (snippet) expect(snippet.replace(/\[\[|\]\]/g, '')).toBe(body.join(' '))
    }),
  )
})
