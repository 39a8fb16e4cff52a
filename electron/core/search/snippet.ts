import { extraTokens } from './index-text.ts'
import { termsOf } from './match-expression.ts'
import { wordsOf, type Word } from './tokens.ts'

/** Marks around a hit, as the interface expects them. */
export const MARK = { open: '[[', close: ']]' } as const

const WINDOW = 140

/** Whether a stretch of one or two words is what the query means, by word, stem, family or place number. */
function hits(text: string, words: readonly Word[], query: string): boolean[] {
  const terms = termsOf(query)
  const marked = words.map(() => false)
  for (const [i, word] of words.entries()) {
    for (const term of terms) {
      const own = term.words.some((typed, at) =>
        term.prefix && at === term.words.length - 1 ? word.text.startsWith(typed) : word.text === typed,
      )
      if (
        own ||
        [...extraTokens(text.slice(word.start, word.end))].some((token) => term.others.includes(token))
      )
        marked[i] = true
      const next = words[i + 1]
      if (!next || term.others.length === 0) continue
      const pair = extraTokens(text.slice(word.start, next.end))
      const alone = new Set([word, next].flatMap((one) => [...extraTokens(text.slice(one.start, one.end))]))
      if (term.others.some((other) => pair.has(other) && !alone.has(other))) marked[i] = marked[i + 1] = true
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
  const marked = hits(text, words, query)
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
