import type { Disposition, Pause, ReportState, ReportStateName } from '@shared/domain/report.ts'
import type { Reply } from '@shared/domain/reply.ts'
import { findTransition, nextState, type ReportAction } from '@shared/domain/workflow.ts'
import type { OverlayAct } from '../outbox/overlay.ts'

/** A mirrored row with the version the hub gave it. */
export interface Versioned<T> {
  version: number
  body: T
}

/** States in which an open pause goes on; entering any other ends it. */
const STANDING_STILL: readonly ReportStateName[] = [
  'awaiting_citizen',
  'scheduled',
  'referral_proposed',
  'archive_proposed',
]
/** Acts that open a pause. */
const PAUSING: readonly ReportAction[] = ['ask_citizen', 'schedule']

/**
 * A report's state as this desk sees it: the hub's row with the desk's own acts laid over it. An act the row already
 * contains changes nothing, so folding stays right while a receipt is here and its feed page is not.
 */
export function foldState(row: Versioned<ReportState>, acts: readonly OverlayAct[]): ReportState {
  return acts
    .filter((act) => act.effectVersion === null || act.effectVersion > row.version)
    .reduce(foldAct, row.body)
}

function foldAct(before: ReportState, act: OverlayAct): ReportState {
  if (!act.kind.startsWith('report.') || act.kind === 'report.note') return before
  const action = act.kind.slice('report.'.length) as ReportAction
  const fields = fieldsOf(before, act)
  // The hub's row moved on meanwhile: the act's fields still show, its step of the workflow does not.
  if (!findTransition(action, before.state)) return { ...before, ...fields, updatedAt: act.madeAt }
  const state = nextState(action, before.state, before.proposal)
  const reason = 'reason' in act.payload ? act.payload.reason : before.stateReason
  return {
    ...before,
    ...fields,
    state,
    stateReason: state === before.state ? before.stateReason : (reason ?? null),
    pauses: pausesAfter(before, action, state, act.madeAt, reason ?? ''),
    updatedAt: act.madeAt,
  }
}

function fieldsOf(before: ReportState, act: OverlayAct): Partial<ReportState> {
  switch (act.kind) {
    case 'report.verify':
      return { ...act.payload, verifiedAt: before.verifiedAt ?? act.madeAt }
    case 'report.classify':
    case 'report.prioritise':
    case 'report.set_flags':
    case 'report.assign':
      return act.payload
    case 'report.clear_flags': {
      const { reason: _, ...flags } = act.payload
      return flags
    }
    case 'report.dispose':
      return { assigneeId: act.payload.toIds[0] ?? null, unit: act.payload.units[0] ?? null }
    case 'report.propose_referral':
      return { proposal: proposalOf(before, act, 'referral', act.payload.agencyId, act.payload.reason) }
    case 'report.propose_archive':
      return { proposal: proposalOf(before, act, 'archive', null, act.payload.reason) }
    case 'report.approve_proposal':
    case 'report.reject_proposal':
      return { proposal: null }
    case 'report.schedule':
      return { reviewOn: act.payload.reviewOn }
    case 'report.group':
      return { groupLeadId: act.payload.leadId }
    case 'report.ungroup':
      return { groupLeadId: null, verifiedAt: before.verifiedAt ?? act.madeAt }
    case 'report.resume':
      return { reviewOn: null, verifiedAt: before.verifiedAt ?? act.madeAt }
    case 'report.reopen':
      return {
        clockStartedAt: act.madeAt,
        responseMetAt: null,
        settlementMetAt: null,
        reopenCount: before.reopenCount + 1,
      }
    default:
      return {}
  }
}

function proposalOf(
  before: ReportState,
  act: OverlayAct,
  kind: 'referral' | 'archive',
  agencyId: string | null,
  reason: string,
): ReportState['proposal'] {
  return { kind, agencyId, reason, byId: act.personId, from: before.state }
}

function pausesAfter(
  before: ReportState,
  action: ReportAction,
  state: ReportStateName,
  at: number,
  reason: string,
) {
  const close = (pause: Pause) => (pause.to === null ? { ...pause, to: at } : pause)
  const pauses = STANDING_STILL.includes(state) ? before.pauses : before.pauses.map(close)
  return PAUSING.includes(action)
    ? [...pauses, { from: at, to: null, reason: reason.slice(0, 1000), state }]
    : pauses
}

/** The report's replies with this desk's submissions and decisions laid over them, newest submission last. */
export function foldReplies(rows: readonly Versioned<Reply>[], acts: readonly OverlayAct[]): Reply[] {
  const replies = new Map(rows.map((row) => [row.body.id, row]))
  for (const act of acts) {
    if (!('replyId' in act.payload)) continue
    const known = replies.get(act.payload.replyId)
    if (known && act.effectVersion !== null && act.effectVersion <= known.version) continue
    const body = foldReply(known?.body ?? null, act)
    if (body) replies.set(body.id, { version: known?.version ?? 0, body })
  }
  return [...replies.values()].map((row) => row.body).sort((a, b) => a.submittedAt - b.submittedAt)
}

function foldReply(before: Reply | null, act: OverlayAct): Reply | null {
  if (act.kind === 'reply.submit') {
    const { replyId, kind, body, attachments, hash, reportVersion } = act.payload
    return {
      id: replyId,
      reportId: act.reportId!,
      kind,
      body,
      attachments,
      hash,
      reportVersion,
      state: 'submitted',
      authorId: act.personId,
      revision: (before?.revision ?? 0) + 1,
      submittedAt: act.madeAt,
      approverId: null,
      decidedAt: null,
      returnReason: before?.returnReason ?? null,
      publishedAt: null,
    }
  }
  // A decision binds one content; over any other it must not show as made (APPR-02).
  if (!before || before.state !== 'submitted') return before
  if (act.kind === 'reply.withdraw') return { ...before, state: 'withdrawn' }
  if (act.kind !== 'reply.approve' && act.kind !== 'reply.return') return before
  if (act.payload.hash !== before.hash) return before
  const decided = { ...before, approverId: act.personId, decidedAt: act.madeAt }
  return act.kind === 'reply.approve'
    ? { ...decided, state: 'approved', returnReason: null }
    : { ...decided, state: 'returned', returnReason: act.payload.reason }
}

/** The report's dispositions with those this desk has made but the hub has not yet sent back, oldest first. */
export function foldDispositions(rows: readonly Disposition[], acts: readonly OverlayAct[]): Disposition[] {
  const made = acts.flatMap((act): Disposition[] => {
    if (act.kind !== 'report.dispose' || rows.some((row) => row.id === act.payload.dispositionId)) return []
    const { dispositionId, ...rest } = act.payload
    return [
      { ...rest, id: dispositionId, reportId: act.reportId!, fromId: act.personId, createdAt: act.madeAt },
    ]
  })
  return [...rows, ...made].sort((a, b) => a.createdAt - b.createdAt)
}
