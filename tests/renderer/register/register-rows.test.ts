import { expect, test } from 'vitest'
import { registerRows } from '../../../renderer/features/register/register-rows.ts'
import type { LetterView } from '../../../shared/ipc/views.ts'

const letter = (n: number | null, suffix = '') =>
  ({ id: `${n}${suffix}`, n, suffix }) as unknown as LetterView

// Verifies LETT-01
test('every number of the year has its line: a letter, or why there is none', () => {
  const rows = registerRows({
    rows: [letter(5), letter(1), letter(4, 'a'), letter(4), letter(null)],
    gaps: [
      { n: 3, why: 'leased_elsewhere' },
      { n: 2, why: 'leased_elsewhere' },
      { n: 6, why: 'leased_here' },
      { n: 8, why: 'leased_here' },
    ],
  })
  expect(
    rows.map((r) => (r.type === 'letter' ? `${r.n}${r.letter.suffix}` : `${r.n}–${r.to} ${r.why}`)),
  ).toEqual(['1', '2–3 leased_elsewhere', '4', '4a', '5', '6–6 leased_here', '8–8 leased_here'])
})
