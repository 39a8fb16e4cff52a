import type { Pause, ReportState, ReportStateName } from '@shared/domain/report.ts'
import { nextState, refusalOf, type ReportAction } from '@shared/domain/workflow.ts'
import type { Work } from '../context.ts'
import { addEntry, type NewEntry } from '../store/entries.ts'
import { same, saveState, type Held } from '../store/reports.ts'
import { actorOf, reject, Refused, type Scope } from './scope.ts'

/** Fields a person sets by choice; only these can clash (SYNC-07). */
type Chosen = Partial<
  Pick<
    ReportState,
    | 'class'
    | 'oversight'
    | 'priority'
    | 'anonymous'
    | 'confidential'
    | 'assigneeId'
    | 'unit'
    | 'reviewOn'
    | 'groupLeadId'
    | 'proposal'
  >
>

/** One act on a report's state. */
export interface StateChange {
  action: ReportAction
  /** Version of `report_state` the person saw. */
  base: number
  reason?: string | null
  /** Checked against what others changed since `base`. */
  set?: Chosen
  /** Follows from the act; never clashes. */
  derive?: Partial<ReportState>
  entry?: Partial<Pick<NewEntry, 'kind' | 'text' | 'data'>>
}

/** Throws Refused unless the table, the roles and the fields allow it; answers the state it leads to. */
export function admit(scope: Scope, { state }: Held, change: StateChange): ReportStateName {
  const movedByOther = (field: string) => {
    const last = state.fields[field]
    // A desk's own earlier change is not news to it, though its queue still names the older base.
    return last !== undefined && last.v > change.base && last.by !== scope.device.id
  }
  const refusal = refusalOf(change.action, state.body.state, scope.person.roles, change.reason)
  if (refusal === 'wrong_state' && movedByOther('state')) {
    throw new Refused('conflict', 'wrong_state', { state: state.body.state })
  }
  if (refusal) throw reject(refusal)
  const clashes = Object.entries(change.set ?? {}).filter(
    ([field, value]) => movedByOther(field) && !same(state.body[field as keyof ReportState], value),
  )
  if (clashes.length > 0) {
    const fields = clashes.map(([field]) => [field, state.body[field as keyof ReportState]])
    throw new Refused('conflict', 'changed', Object.fromEntries(fields) as Record<string, unknown>)
  }
  return nextState(change.action, state.body.state, state.body.proposal)
}

/** Admits the act, stores the new state, and writes its line in the timeline. Answers the new version. */
export async function changeState(scope: Scope, held: Held, change: StateChange): Promise<number> {
  const next = admit(scope, held, change)
  const changes = { ...change.set, ...change.derive }
  await moveState(scope.work, held, next, changes, scope.device.id, change.reason)
  await addEntry(scope.work, {
    reportId: held.report.body.id,
    agencyId: held.report.body.agencyId,
    kind: 'system',
    action: change.action,
    actor: actorOf(scope),
    text: change.reason ?? '',
    ...change.entry,
  })
  return held.state.version
}

const STANDING_STILL: readonly ReportStateName[] = [
  'awaiting_citizen',
  'scheduled',
  'referral_proposed',
  'archive_proposed',
]

/**
 * Stores a state, closes an open pause when the clock runs again, and keeps the reason only as long as the state. Used by
 * people's acts and by the hub's own.
 */
export async function moveState(
  work: Work,
  held: Held,
  next: ReportStateName,
  changes: Partial<ReportState>,
  by: string | null,
  reason?: string | null,
): Promise<void> {
  const { state, stateReason } = held.state.body
  const pauses = changes.pauses ?? held.state.body.pauses
  const running = STANDING_STILL.includes(next) ? pauses : closePauses(pauses, work.now)
  const why = next === state ? stateReason : (reason ?? null)
  await saveState(work, held, { ...changes, state: next, pauses: running, stateReason: why }, by)
}

/** The pauses with any open one ended at `now`. */
export const closePauses = (pauses: readonly Pause[], now: number): Pause[] =>
  pauses.map((p) => (p.to === null ? { ...p, to: now } : p))
