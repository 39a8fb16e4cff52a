import type { Output } from '@shared/ipc/contract.ts'
import type { LetterView } from '@shared/ipc/views.ts'

type Register = Output<'letters.register'>
type Gap = Register['gaps'][number]

/** One line of the printed book: a letter, or a run of numbers that no letter has and why. */
export type RegisterRow =
  { type: 'letter'; n: number; letter: LetterView } | { type: 'gap'; n: number; to: number; why: Gap['why'] }

/** Letters and gaps in number order; neighbouring gaps with one reason become one line. Letters without number are left out. */
export function registerRows(register: Pick<Register, 'rows' | 'gaps'>): RegisterRow[] {
  const rows: RegisterRow[] = register.rows
    .filter((letter) => letter.n !== null)
    .map((letter) => ({ type: 'letter', n: letter.n ?? 0, letter }))
  for (const gap of [...register.gaps].sort((a, b) => a.n - b.n)) {
    const last = rows.at(-1)
    if (last?.type === 'gap' && last.why === gap.why && last.to === gap.n - 1) last.to = gap.n
    else rows.push({ type: 'gap', n: gap.n, to: gap.n, why: gap.why })
  }
  return rows.sort((a, b) => a.n - b.n || suffixOf(a).localeCompare(suffixOf(b)))
}

const suffixOf = (row: RegisterRow) => (row.type === 'letter' ? row.letter.suffix : '')
