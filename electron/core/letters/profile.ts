import type { LetterProfile, Paper } from '@shared/domain/letter.ts'
import { letterNumber } from '@shared/domain/numbering.ts'

/** The profile in force on a letter's date: the latest that began by then (of equals the later in the list); null before the first. */
export function profileOn(profiles: readonly LetterProfile[], date: string): LetterProfile | null {
  let chosen: LetterProfile | null = null
  for (const profile of profiles)
    if (profile.validFrom <= date && (!chosen || profile.validFrom >= chosen.validFrom)) chosen = profile
  return chosen
}

/** Paper of a document: what the person chose, else the profile's for that kind. */
export const paperFor = (
  profile: Pick<LetterProfile, 'paper' | 'dispositionPaper'>,
  kind: 'disposition_blank' | 'disposition' | 'reply',
  chosen: Paper | null = null,
): Paper => chosen ?? (kind === 'reply' ? profile.paper : profile.dispositionPaper)

/** Archive classification code of a reply about a service. */
export const classificationFor = (
  profile: Pick<LetterProfile, 'classifications' | 'register'>,
  serviceCode: string,
): string => profile.classifications[serviceCode] ?? profile.register.classification

/** The number of a letter by the profile's pattern; `n` null leaves the place of the number blank (LETT-02). */
export function numberFor(
  profile: Pick<LetterProfile, 'classifications' | 'register'>,
  letter: { serviceCode: string; n: number | null; suffix?: string; date: string },
): string {
  return letterNumber(profile.register.pattern, {
    classification: classificationFor(profile, letter.serviceCode),
    unit: profile.register.unit,
    n: letter.n,
    suffix: letter.suffix ?? '',
    date: letter.date,
  })
}
