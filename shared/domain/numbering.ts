const ROMAN_MONTHS = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'] as const
const TOKEN = /\{([A-Z_]+)(?::(\d))?\}/g
const KNOWN = ['KS', 'K', 'N', 'SISIP', 'UNIT', 'BULAN_ROMAWI', 'MM', 'Y'] as const
type Token = (typeof KNOWN)[number]

/** Room for a number written by hand: `600.1.9/      /PUPR/2026`. Keep white space when it is shown. */
export const BLANK_NUMBER = '      '

/** What fills a number pattern. `date` is the letter's date; `suffix` marks an inserted number (`a` prints `.a`). */
export interface NumberParts {
  classification: string
  unit: string
  /** Null before issue: the place of the number stays blank. */
  n: number | null
  suffix?: string
  date: string
  /** Secrecy code {KS}; empty for an ordinary letter. */
  secrecy?: string
}

/** Roman numeral of a month, 1–12. */
export const romanMonth = (month: number): string => {
  const roman = ROMAN_MONTHS[month - 1]
  if (!roman) throw new RangeError(`no month ${month}`)
  return roman
}

/** Years are the letter date's; the date is already in the office's zone. */
export const registerYear = (date: string): number => Number(date.slice(0, 4))

/** What is wrong with a pattern: unknown tokens, or no place for the number. Empty when it can be used. */
export function patternProblems(pattern: string): string[] {
  const tokens = [...pattern.matchAll(TOKEN)].map((match) => match[1] ?? '')
  const unknown = tokens.filter((token) => !KNOWN.includes(token as Token))
  const stray = /[{}]/.test(pattern.replace(TOKEN, '')) ? ['{'] : []
  return [...unknown, ...stray, ...(tokens.filter((token) => token === 'N').length === 1 ? [] : ['N'])]
}

function tokenValue(token: Token, width: number, parts: NumberParts, ownSuffix: boolean): string {
  const suffix = parts.suffix ? `.${parts.suffix}` : ''
  const month = Number(parts.date.slice(5, 7))
  switch (token) {
    case 'KS':
      return parts.secrecy ?? ''
    case 'K':
      return parts.classification
    case 'N':
      return parts.n === null
        ? BLANK_NUMBER
        : String(parts.n).padStart(width, '0') + (ownSuffix ? '' : suffix)
    case 'SISIP':
      return suffix
    case 'UNIT':
      return parts.unit
    case 'BULAN_ROMAWI':
      return romanMonth(month)
    case 'MM':
      return parts.date.slice(5, 7)
    case 'Y':
      return parts.date.slice(0, 4)
  }
}

/**
 * The number of a letter: `{K}/{N}/{UNIT}/{Y}` → `600.1.9/128/PUPR/2026`. A part whose tokens are all empty goes with its
 * slash. A suffix without a {SISIP} of its own follows the number. Throws RangeError on a pattern with problems.
 */
export function letterNumber(pattern: string, parts: NumberParts): string {
  const problems = patternProblems(pattern)
  if (problems.length > 0) throw new RangeError(`number pattern: ${problems.join(', ')}`)
  const ownSuffix = pattern.includes('{SISIP}')
  return pattern
    .split('/')
    .map((segment) => ({
      segment,
      filled: segment.replace(TOKEN, (_all, token: Token, width?: string) =>
        tokenValue(token, Number(width ?? 0), parts, ownSuffix),
      ),
    }))
    .filter(({ segment, filled }) => filled !== '' || segment === '')
    .map(({ filled }) => filled)
    .join('/')
}

const escaped = (literal: string) => literal.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
const SHAPES: Record<Token, string> = {
  KS: '[A-Z]{1,3}',
  K: String.raw`\d{1,3}(?:\.\d+)*`,
  N: String.raw`(?<n>\d{1,6})`,
  SISIP: String.raw`(?:\.(?<suffix>[a-z0-9]{1,6}(?:\.[a-z0-9]{1,6})*))?`,
  UNIT: String.raw`[\w .-]+?`,
  BULAN_ROMAWI: '(?:I|II|III|IV|V|VI|VII|VIII|IX|X|XI|XII)',
  MM: String.raw`\d\d`,
  Y: String.raw`(?<year>\d{4})`,
}

/** Reads a number back: its sequence, suffix and (if the pattern has it) year; null when it does not fit the pattern. */
export function parseLetterNumber(
  pattern: string,
  number: string,
): { n: number; suffix: string; year: number | null } | null {
  if (patternProblems(pattern).length > 0) return null
  const own = pattern.includes('{SISIP}')
  // Matched with a leading slash, so that a part that may have been empty is optional together with its slash.
  const source = pattern
    .split('/')
    .map((segment) => {
      const shape = segment
        .split(/(\{[A-Z_]+(?::\d)?\})/)
        .map((piece) => {
          const token = /^\{([A-Z_]+)/.exec(piece)?.[1] as Token | undefined
          return token ? SHAPES[token] + (token === 'N' && !own ? SHAPES.SISIP : '') : escaped(piece)
        })
        .join('')
      return /^\{(KS|K|UNIT)\}$/.test(segment) ? `(?:/${shape})?` : `/${shape}`
    })
    .join('')
  const match = new RegExp(`^${source}$`).exec(`/${number.trim()}`)
  if (!match?.groups?.n) return null
  const year = match.groups.year ? Number(match.groups.year) : null
  return { n: Number(match.groups.n), suffix: match.groups.suffix ?? '', year }
}

/** Order of a register: by number, then the number itself before its insertions, insertions part by part (`a` < `b` < `aa`, `2` < `10`). */
export function compareNumbers(a: { n: number; suffix: string }, b: { n: number; suffix: string }): number {
  if (a.n !== b.n) return a.n - b.n
  const left = a.suffix === '' ? [] : a.suffix.split('.')
  const right = b.suffix === '' ? [] : b.suffix.split('.')
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i]!, right[i]!]
    if (x === y) continue
    const digits = /^\d+$/
    if (digits.test(x) && digits.test(y)) return Number(x) - Number(y)
    return x.length - y.length || (x < y ? -1 : 1)
  }
  return left.length - right.length
}

/** The next free suffix for an insertion after number `n`: `a` … `z`. Throws RangeError when all are used. */
export function nextSuffix(used: readonly string[]): string {
  const free = Array.from('abcdefghijklmnopqrstuvwxyz').find((letter) => !used.includes(letter))
  if (!free) throw new RangeError('no suffix left')
  return free
}
