import { describe, expect, test } from 'vitest'
import { ErrorCode } from '../../../shared/ipc/errors.ts'
import { en, id } from '../../../renderer/i18n/catalogue.ts'

type Tree = { readonly [key: string]: string | Tree }

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') found.set(prefix + key, value)
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) found.set(inner, text)
  }
  return found
}
const holes = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').toSorted((a, b) => a.localeCompare(b))

describe.each(Object.keys(id) as (keyof typeof id)[])('catalogue %s', (namespace) => {
  const indonesian = flatten(id[namespace])
  const english = flatten(en[namespace])

  test('English has every Indonesian key and no other, except its singulars', () => {
    const singular = (key: string) => key.endsWith('_one') && indonesian.has(key.replace(/_one$/, '_other'))
    expect([...english.keys()].filter((key) => !singular(key)).sort()).toEqual([...indonesian.keys()].sort())
  })

  test('both languages fill the same holes', () => {
    for (const [key, text] of indonesian)
      expect([key, holes(english.get(key) ?? '')]).toEqual([key, holes(text)])
  })

  test('no text is empty, apologises or shouts', () => {
    for (const [key, text] of [...indonesian, ...english]) {
      expect([key, text.trim()]).not.toEqual([key, ''])
      expect([key, /!|\bmaaf\b|\bsorry\b|\boops\b/i.test(text)]).toEqual([key, false])
    }
  })
})

test.each(ErrorCode.options)(
  'error %s says what happened, what is safe and what to do, in both languages',
  (code) => {
    for (const words of [id.errors[code], en.errors[code]])
      for (const part of [words.what, words.safe, words.todo]) expect(part).toMatch(/^[A-Z].*\.$/)
  },
)
