import type { Report } from '@shared/domain/report.ts'
import { familyOf, joinedPlace, numberedPlace, pairFamilyOf, stemOf, wordsOf } from './tokens.ts'

/** Tokens that a text can be found by besides its own words: stems, families, joined place numbers. */
export function extraTokens(text: string): Set<string> {
  const tokens = new Set<string>()
  const add = (token: string | undefined) => token !== undefined && tokens.add(token)
  const words = wordsOf(text)
  for (const [i, { text: word }] of words.entries()) {
    const stem = stemOf(word)
    if (stem !== word) tokens.add(stem)
    add(familyOf(word))
    add(joinedPlace(word))
    const next = words[i + 1]?.text
    if (next === undefined) continue
    add(pairFamilyOf(word, next))
    add(numberedPlace(word, next))
  }
  return tokens
}

/** What of a report is searched. The reporter's name is not: `dari:` asks the column that knows about anonymity (PRIV-01). */
export type SearchedReport = Pick<
  Report,
  'number' | 'subject' | 'body' | 'address' | 'district' | 'serviceName'
>

/**
 * The two FTS5 columns of a report: its words as written, and each extra token once (that column is for finding, not
 * for ranking or phrases).
 */
export function indexText(report: SearchedReport): { raw: string; stems: string } {
  const { number, subject, body, address, district, serviceName } = report
  const fields = [number, subject, body, address, district, serviceName].filter(Boolean)
  return {
    raw: fields.join('\n'),
    stems: [...new Set(fields.flatMap((field) => [...extraTokens(field)]))].join(' '),
  }
}
