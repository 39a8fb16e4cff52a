import type { Parsed, Queued } from '@shared/ipc/contract.ts'
import { AppError } from '@shared/ipc/errors.ts'
import type { Desk } from '../desk.ts'
import { mirroredRow } from '../mirror/rows.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { letterViewOf } from '../queries/letters.ts'
import { sameActPending } from './guards.ts'
import { requireRegistrar } from './issue-letter.ts'

/** Voids a numbered letter; its row stays with the reason and its number is never used again (LETT-01). Throws AppError not_found, not_allowed, wrong_state or reason_required. */
export function voidLetter(desk: Desk, { letterId, reason }: Parsed<'letters.void'>): Queued {
  requireRegistrar(desk)
  const letter = letterViewOf(desk, letterId)
  const pending = sameActPending(desk, 'letter.void', letter.reportId, { letterId, reason })
  if (pending) return { mutationId: pending.mutationId, undoUntil: pending.undoUntil }
  if (letter.state !== 'issued' || letter.n === null) throw new AppError('wrong_state', letter.state)
  if (!reason.trim()) throw new AppError('reason_required')
  return enqueue(desk, {
    kind: 'letter.void',
    reportId: letter.reportId,
    baseVersion: mirroredRow(desk.db, 'letter', letterId)?.version ?? 0,
    payload: { letterId, reason },
  })
}
