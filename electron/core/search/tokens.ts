import { stemmer } from '@orama/stemmers/indonesian'
import { FAMILIES } from './families.ts'

/** Words longer than this are noise (pasted data); FTS5 keeps them raw, but they get no stem. */
const MAX_STEMMED = 40

/** Words before a number that belong to it: `SP 2`, `SP-2` and `SP2` are one place. */
const NUMBERED = new Set(['sp', 'rt', 'rw', 'km', 'jalur', 'gang', 'blok', 'lorong', 'kapling'])
const ROMAN: Readonly<Record<string, string>> = {
  i: '1',
  ii: '2',
  iii: '3',
  iv: '4',
  v: '5',
  vi: '6',
  vii: '7',
  viii: '8',
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu

/** A word of a text as FTS5's unicode61 would cut it: lower case, without accents. */
export interface Word {
  text: string
  start: number
  end: number
}

/** The words of a text, in order, with their place (UTF-16 units). */
export function wordsOf(text: string): Word[] {
  return [...text.matchAll(WORD)].map((match) => ({
    text: fold(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }))
}

/** Lower case without combining accents, as `remove_diacritics 2` does. */
export const fold = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const stems = new Map<string, string>()

/** Indonesian stem of a folded word; digits, short and very long words stay as they are. */
export function stemOf(word: string): string {
  if (word.length < 4 || word.length > MAX_STEMMED || !/^[a-z]+$/.test(word)) return word
  let stem = stems.get(word)
  if (stem === undefined) {
    stem = stemmer(word)
    // The vocabulary of an office is small; a flood of pasted data must not grow this for ever.
    if (stems.size > 20_000) stems.clear()
    stems.set(word, stem)
  }
  return stem
}

const familyOfWord = new Map<string, string>()
const familyOfStem = new Map<string, string>()
const familyOfPair = new Map<string, string>()
for (const { key, members } of FAMILIES) {
  for (const { words, literal } of members) {
    if (words.includes(' ')) familyOfPair.set(words, key)
    else {
      familyOfWord.set(words, key)
      if (!literal) familyOfStem.set(stemOf(words), key)
    }
  }
}

/** Key of the family of a folded word, or undefined. */
export const familyOf = (word: string): string | undefined =>
  familyOfWord.get(word) ?? familyOfStem.get(stemOf(word))

/** Key of the family of two neighbouring folded words (`lampu merah`), or undefined. */
export const pairFamilyOf = (first: string, second: string): string | undefined =>
  familyOfPair.get(`${first} ${second}`)

/** `sp` + `2`, `sp` + `02`, `sp` + `ii` → `sp2`; undefined when they do not belong together. */
export function numberedPlace(first: string, second: string): string | undefined {
  if (!NUMBERED.has(first)) return undefined
  const number = /^\d{1,4}$/.test(second) ? String(Number(second)) : ROMAN[second]
  return number === undefined ? undefined : first + number
}

/** The same for one word, `sp02` → `sp2`; undefined for anything else. */
export function joinedPlace(word: string): string | undefined {
  const match = /^([a-z]+)(\d{1,4})$/.exec(word)
  return match ? numberedPlace(match[1]!, match[2]!) : undefined
}
