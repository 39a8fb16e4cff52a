import type { MutationPayload } from '@shared/sync/mutations.ts'
import type { Desk } from '../desk.ts'
import { enqueue } from './enqueue.ts'

/** Why a letter is void whose registration was given up on this desk, as the register shows it. */
const GIVEN_UP = 'Pendaftaran ke hub dibatalkan'

/** Refusals after which the number is not this PC's to explain at the hub: there it belongs to another letter or to nobody. */
const NOT_OURS: readonly (string | null)[] = ['number_taken', 'number_not_leased', 'id_reused']

/**
 * The issue of a letter is given up: its number may stand on paper, so its row here is void with a reason, and the hub is
 * told the same for all other PCs (LETT-01), with `giveUp` in one transaction.
 */
export function spoilNumber(
  desk: Desk,
  issue: { reportId: string | null; payload: string; reason: string | null },
  giveUp: () => void,
): void {
  const { letter } = JSON.parse(issue.payload) as MutationPayload<'letter.issue'>
  const makeVoid = () => {
    desk.db.run('UPDATE letters SET void_reason = ? WHERE id = ?', GIVEN_UP, letter.id)
    giveUp()
  }
  if (NOT_OURS.includes(issue.reason)) return desk.db.tx(makeVoid)
  const payload = { letter, reason: GIVEN_UP }
  enqueue(desk, { kind: 'letter.spoil', reportId: issue.reportId, baseVersion: 0, payload }, makeVoid)
}
