import { uuidv7 } from '@shared/domain/ids.ts'
import type { Output, Parsed } from '@shared/ipc/contract.ts'
import { AppError } from '@shared/ipc/errors.ts'
import type { Desk } from '../desk.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { foldedReport } from '../queries/reports.ts'
import { requireAction, sameActPending, UNDO_MS } from './guards.ts'
import { requireColleague } from './triage-report.ts'

/** Gives a report to people or units; the sheet can be printed at once. Throws AppError not_found, wrong_state, not_allowed or bad_input. */
export function disposeReport(
  desk: Desk,
  { reportId, payload }: Parsed<'reports.dispose'>,
): Output<'reports.dispose'> {
  const folded = foldedReport(desk, reportId)
  const pending = sameActPending(desk, 'report.dispose', reportId, payload)
  if (pending) return { ...pending, dispositionId: String(pending.payload.dispositionId) }
  requireAction(desk, 'dispose', folded.state.state)
  if (payload.toIds.length + payload.units.length === 0)
    throw new AppError('bad_input', 'nobody to dispose to', { toIds: 'empty' })
  for (const personId of payload.toIds) requireColleague(desk, personId)
  const dispositionId = uuidv7(desk.host.now(), desk.host.random(10))
  const queued = enqueue(desk, {
    kind: 'report.dispose',
    reportId,
    baseVersion: folded.stateVersion,
    payload: { ...payload, dispositionId },
    holdMs: UNDO_MS,
  })
  return { ...queued, dispositionId }
}
