import { gapsOf, inRegisterOrder, nextLeasedNumber } from '@shared/domain/register-gaps.ts'
import type { Lease, Letter, NumberGap } from '@shared/domain/letter.ts'
import type { Output } from '@shared/ipc/contract.ts'
import type { LetterView } from '@shared/ipc/views.ts'
import type { Desk } from '../desk.ts'
import { currentProfile, listLetters } from './letters.ts'

/** A number that is used up, by a letter of this desk or any other. */
export type UsedNumber = Pick<Letter, 'n' | 'suffix' | 'state'>

const USED = `
SELECT n, suffix, state FROM letters WHERE register_id = ?1 AND year = ?2 AND n IS NOT NULL
UNION SELECT body ->> '$.n', body ->> '$.suffix', body ->> '$.state' FROM m_rows
WHERE kind = 'letter' AND body ->> '$.registerId' = ?1 AND body ->> '$.year' = ?2
  AND id NOT IN (SELECT id FROM letters WHERE register_id = ?1 AND year = ?2 AND n IS NOT NULL)`

const BLOCKS = `SELECT body FROM m_rows WHERE kind = ?3 AND body ->> '$.registerId' = ?1 AND body ->> '$.year' = ?2`

/** Every number of a register and year that a letter has or had. */
export const usedNumbers = (desk: Pick<Desk, 'db'>, registerId: string, year: number): UsedNumber[] =>
  desk.db.all<UsedNumber>(USED, registerId, year)

/** The blocks of numbers that were lent out, to any device. */
export const leasesOf = (desk: Pick<Desk, 'db'>, registerId: string, year: number): Lease[] =>
  blocksOf<Lease>(desk, 'lease', registerId, year)

function blocksOf<B>(
  desk: Pick<Desk, 'db'>,
  kind: 'lease' | 'number_gap',
  registerId: string,
  year: number,
): B[] {
  return desk.db.all<{ body: string }>(BLOCKS, registerId, year, kind).map((row) => JSON.parse(row.body) as B)
}

/** The number this desk takes next, or null when it has to wait for a lease (LETT-01). */
export function nextNumber(
  desk: Pick<Desk, 'db' | 'device' | 'host'>,
  registerId: string,
  year: number,
): number | null {
  const used = usedNumbers(desk, registerId, year)
  return nextLeasedNumber(used, leasesOf(desk, registerId, year), desk.device.id, desk.host.now())
}

const GAP_WORDS = {
  leased_here: 'leased_here',
  leased_elsewhere: 'leased_elsewhere',
  expired: 'unexplained',
  restored: 'restored',
  unexplained: 'unexplained',
} as const

/** The register of a year as the agenda clerk reads it: numbers in order, what is still lent, and every gap. Throws no_profile. */
export function registerOf(desk: Desk, year: number): Output<'letters.register'> {
  const { id, name } = currentProfile(desk).register
  const now = desk.host.now()
  const leases = leasesOf(desk, id, year)
  const passed = blocksOf<NumberGap>(desk, 'number_gap', id, year)
  const used = usedNumbers(desk, id, year)
  const taken = new Set(used.map((row) => row.n))
  const left = (lease: Lease) => {
    let free = 0
    for (let n = lease.from; n <= lease.to; n++) if (!taken.has(n)) free += 1
    return free
  }
  return {
    registerName: name,
    year,
    rows: inRegisterOrder(listLetters(desk, { year, kind: null, reportId: null }).filter(isNumbered)),
    leases: leases
      .filter((lease) => lease.deviceId === desk.device.id && lease.expiresAt > now)
      .sort((a, b) => a.from - b.from)
      .map((lease) => ({ from: lease.from, to: lease.to, left: left(lease) })),
    gaps: gapsOf(used, leases, passed, { deviceId: desk.device.id, now }).flatMap((gap) =>
      Array.from({ length: gap.to - gap.from + 1 }, (_, i) => ({ n: gap.from + i, why: GAP_WORDS[gap.why] })),
    ),
  }
}

type Numbered = LetterView & { n: number; state: 'issued' | 'void' }
const isNumbered = (view: LetterView): view is Numbered =>
  view.n !== null && (view.state === 'issued' || view.state === 'void')
