import type { ReportStateName } from '@shared/domain/report.ts'
import { refusalOf, type ReportAction } from '@shared/domain/workflow.ts'
import { AppError, type ErrorCode } from '@shared/ipc/errors.ts'
import type { Queued } from '@shared/ipc/contract.ts'
import type { MutationKind } from '@shared/sync/mutations.ts'
import type { Desk } from '../desk.ts'

/** How long triage and dispositions stay on this desk so that they can be undone, ms. */
export const UNDO_MS = 10_000

const CODES = {
  wrong_state: 'wrong_state',
  wrong_role: 'not_allowed',
  reason_required: 'reason_required',
} as const

/** Throws AppError wrong_state, not_allowed or reason_required unless the one table allows the action. */
export function requireAction(
  desk: Pick<Desk, 'person'>,
  action: ReportAction,
  state: ReportStateName,
  reason?: string | null,
): void {
  const refusal = refusalOf(action, state, desk.person.roles, reason)
  if (refusal) throw new AppError(CODES[refusal] satisfies ErrorCode, `${action} from ${state}`)
}

/** Fields that each click makes anew, so that they do not tell two acts apart. */
const MADE_ANEW: readonly string[] = ['dispositionId']

/**
 * The same act by the same person, if it is the report's latest of its kind and the hub has not confirmed it: a double
 * click queues nothing twice (SYNC-02). Answers it with what it carried.
 */
export function sameActPending(
  desk: Pick<Desk, 'db' | 'person'>,
  kind: MutationKind,
  reportId: string,
  payload: object,
): (Queued & { payload: Record<string, unknown> }) | null {
  const last = desk.db.get<{
    id: string
    payload: string
    heldUntil: number | null
    personId: string
    state: string
  }>(
    `SELECT id, payload, held_until AS heldUntil, person_id AS personId, state FROM outbox
     WHERE report_id = ? AND kind = ? ORDER BY n DESC LIMIT 1`,
    reportId,
    kind,
  )
  if (!last || last.personId !== desk.person.id) return null
  if (!['held', 'queued', 'sending', 'signed_out'].includes(last.state)) return null
  const queued = JSON.parse(last.payload) as Record<string, unknown>
  if (contentOf(queued) !== contentOf(payload)) return null
  return { mutationId: last.id, undoUntil: last.heldUntil, payload: queued }
}

/** A payload as text, whatever the order of its keys. */
function contentOf(payload: object): string {
  const entries = Object.entries(payload).filter(
    ([key, value]) => value !== undefined && !MADE_ANEW.includes(key),
  )
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}
