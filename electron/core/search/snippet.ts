import { termsOf } from './match-expression.ts'
import { familyOf, joinedPlace, numberedPlace, pairFamilyOf, stemOf, wordsOf, type Word } from './tokens.ts'

/** Marks around a hit, as the interface expects them. */
export const MARK = { open: '[[', close: ']]' } as const

const WINDOW = 140

/** Whether a stretch of one or two words is what the query means, by word, stem, family or place number. */
function hits(words: readonly Word[], query: string): boolean[] {
  const terms = termsOf(query)
  const marked = words.map(() => false)
  // Word by word and not through `extraTokens`: a page of hits is made while a person types.
  for (const [i, { text: word }] of words.entries()) {
    const next = words[i + 1]?.text
    const alone = [stemOf(word), familyOf(word), joinedPlace(word)]
    const pair = next === undefined ? [] : [pairFamilyOf(word, next), numberedPlace(word, next)]
    for (const term of terms) {
      const last = term.words.length - 1
      const own = term.words.some((typed, at) =>
        term.prefix && at === last ? word.startsWith(typed) : word === typed,
      )
      if (own || alone.some((token) => token !== undefined && term.others.includes(token))) marked[i] = true
      if (pair.some((token) => token !== undefined && term.others.includes(token)))
        marked[i] = marked[i + 1] = true
    }
  }
  return marked
}

/**
 * A stretch of the text around the first hit with every hit between `[[` and `]]`; null when the text has none. Unlike
 * FTS5's own snippet it also marks words found by stem or synonym. `window`: about how many characters to show.
 */
export function snippetOf(text: string, query: string, window = WINDOW): string | null {
  const words = wordsOf(text)
  const marked = hits(words, query)
  const first = marked.indexOf(true)
  if (first < 0) return null
  const fits = text.length <= window
  const from = fits ? 0 : words.find((word) => word.start >= words[first]!.start - window / 3)!.start
  const last =
    words.findLast((word) => word.end <= from + window && word.end >= words[first]!.end) ?? words[first]!
  let result = from > 0 ? '… ' : ''
  let at = from
  for (const [i, word] of words.entries()) {
    if (!marked[i] || word.start < from || word.end > last.end) continue
    result += text.slice(at, word.start) + MARK.open + text.slice(word.start, word.end) + MARK.close
    at = word.end
  }
  result += text.slice(at, last.end === words.at(-1)!.end ? undefined : last.end)
  return (last === words.at(-1) ? result : `${result} …`).replace(/\s+/g, ' ').trim()
}
