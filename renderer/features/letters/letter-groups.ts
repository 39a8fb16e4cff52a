import type { LetterStateName } from '@shared/domain/letter.ts'
import type { LetterView } from '@shared/ipc/views.ts'

/** What the list can be narrowed to; `all` in the order of work: drafts first. */
export type LetterFilter = 'all' | LetterStateName

const ORDER: readonly LetterStateName[] = ['draft', 'waiting_number', 'issued', 'void']

/** Letters by state in the order of work, empty groups left out. */
export function letterGroups(
  letters: readonly LetterView[],
): { state: LetterStateName; letters: LetterView[] }[] {
  return ORDER.map((state) => ({
    state,
    letters: letters.filter((letter) => letter.state === state),
  })).filter((group) => group.letters.length > 0)
}
