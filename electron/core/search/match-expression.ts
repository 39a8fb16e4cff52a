import { familyOf, joinedPlace, numberedPlace, pairFamilyOf, stemOf, wordsOf } from './tokens.ts'

/** More words narrow nothing and cost time. */
const MAX_WORDS = 12

/** One condition of a query; all of them must hold. `words` are what it was typed as. */
export interface Term {
  words: readonly string[]
  /** Alternatives that each satisfy it, beside the words themselves. */
  others: readonly string[]
  phrase: boolean
  /** The last word may still be unfinished. */
  prefix: boolean
}

/** The conditions of what a person typed: `"…"` is a phrase, known pairs and place numbers are one condition. */
export function termsOf(query: string): Term[] {
  const terms: Term[] = []
  const open = !/["\s]$/.test(query)
  for (const [piece, quoted] of pieces(query)) {
    const words = wordsOf(piece).map((word) => word.text)
    if (words.length === 0) continue
    if (quoted) terms.push({ words, others: [], phrase: true, prefix: false })
    else terms.push(...wordTerms(words))
  }
  const kept = terms.slice(0, MAX_WORDS)
  const last = kept.at(-1)
  if (last && !last.phrase && open && kept.length === terms.length) last.prefix = true
  // A lone letter finds half of everything; it counts only when there is nothing else.
  const telling = kept.filter((term) => term.words.join('').length > 1)
  return telling.length > 0 ? telling : kept
}

function* pieces(query: string): Generator<[string, boolean]> {
  const parts = query.split('"')
  for (const [i, part] of parts.entries()) yield [part, i % 2 === 1 && i < parts.length - 1]
}

function wordTerms(words: readonly string[]): (Term & { prefix: boolean })[] {
  const terms = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    const next = words[i + 1]
    const place = next === undefined ? undefined : numberedPlace(word, next)
    const pair = next === undefined ? undefined : pairFamilyOf(word, next)
    if (next !== undefined && (place ?? pair)) {
      terms.push({ words: [word, next], others: [place ?? pair!], phrase: false, prefix: false })
      i += 1
      continue
    }
    const stem = stemOf(word)
    const others = [stem === word ? undefined : stem, familyOf(word), joinedPlace(word)]
    terms.push({
      words: [word],
      others: others.filter((other) => other !== undefined),
      phrase: false,
      prefix: false,
    })
  }
  return terms
}

// Only letters and digits reach this, so a quoted string needs no escaping and can never end early.
const quote = (token: string) => `"${token}"`

function termText({ words, others, phrase, prefix }: Term): string {
  if (phrase) return quote(words.join(' '))
  const own = words.map(
    (word, i) => quote(word) + (prefix && i === words.length - 1 && word.length > 1 ? '*' : ''),
  )
  // A place number is found by its joined form alone: `sp` and `2` somewhere apart is another place.
  if (words.length > 1 && numberedPlace(words[0]!, words[1]!)) return others.map(quote).join(' OR ')
  const typed = own.length > 1 ? `(${own.join(' AND ')})` : own[0]!
  return [typed, ...others.map(quote)].join(' OR ')
}

/**
 * The FTS5 MATCH expression for what a person typed, over raw and stem columns alike; null when there is nothing to
 * search for. Never a syntax error, whatever is typed.
 */
export function matchExpression(query: string): string | null {
  const terms = termsOf(query)
  return terms.length === 0 ? null : terms.map((term) => `(${termText(term)})`).join(' AND ')
}
