import type { Role } from './person.ts'
import type { ReplyStateName } from './reply.ts'
import type { ReportStateName } from './report.ts'

/** Everything that can be done to a report. The same names are timeline actions and, with `report.` before them, mutation kinds. */
export type ReportAction =
  | 'verify'
  | 'classify'
  | 'prioritise'
  | 'set_flags'
  | 'clear_flags'
  | 'ask_citizen'
  | 'resume'
  | 'dispose'
  | 'assign'
  | 'note'
  | 'propose_referral'
  | 'propose_archive'
  | 'approve_proposal'
  | 'reject_proposal'
  | 'schedule'
  | 'group'
  | 'ungroup'
  | 'route'
  | 'reopen'
  | 'submit_reply'
  // Only the hub acts below.
  | 'publish_acknowledgement'
  | 'publish_final'
  | 'citizen_message'
  | 'close'

/** One row of the table. `to`: next state, `same` keeps it, `proposal` reads it from the stored proposal. */
export interface Transition {
  action: ReportAction
  from: readonly ReportStateName[]
  to: ReportStateName | 'same' | 'proposal'
  /** Who may; empty means only the hub. */
  roles: readonly Role[]
  reason: boolean
}

const ACTIVE: readonly ReportStateName[] = ['verified', 'disposed', 'acknowledged', 'scheduled', 'reopened']
const OPEN: readonly ReportStateName[] = ['received', 'awaiting_citizen', ...ACTIVE]
const ANY: readonly ReportStateName[] = [
  ...OPEN,
  'resolved',
  'closed',
  'referral_proposed',
  'archive_proposed',
  'archived',
  'duplicate',
]
const desk: readonly Role[] = ['clerk', 'supervisor', 'operator']

/** The one table of transitions: buttons, the desk's commands and the hub all read it. */
export const TRANSITIONS: readonly Transition[] = [
  { action: 'verify', from: ['received', 'reopened'], to: 'verified', roles: desk, reason: false },
  { action: 'classify', from: OPEN, to: 'same', roles: desk, reason: false },
  { action: 'prioritise', from: OPEN, to: 'same', roles: desk, reason: false },
  { action: 'set_flags', from: ANY, to: 'same', roles: desk, reason: false },
  { action: 'clear_flags', from: ANY, to: 'same', roles: ['supervisor'], reason: true },
  {
    action: 'ask_citizen',
    from: ['received', 'verified', 'disposed', 'reopened'],
    to: 'awaiting_citizen',
    roles: desk,
    reason: true,
  },
  { action: 'resume', from: ['awaiting_citizen', 'scheduled'], to: 'verified', roles: desk, reason: false },
  { action: 'dispose', from: ACTIVE, to: 'disposed', roles: desk, reason: false },
  { action: 'assign', from: OPEN, to: 'same', roles: desk, reason: false },
  {
    action: 'note',
    from: ANY,
    to: 'same',
    roles: ['clerk', 'supervisor', 'agenda_clerk', 'agency_admin', 'operator'],
    reason: false,
  },
  { action: 'propose_referral', from: OPEN, to: 'referral_proposed', roles: desk, reason: true },
  { action: 'propose_archive', from: OPEN, to: 'archive_proposed', roles: desk, reason: true },
  {
    action: 'approve_proposal',
    from: ['referral_proposed', 'archive_proposed'],
    to: 'proposal',
    roles: ['supervisor'],
    reason: false,
  },
  {
    action: 'reject_proposal',
    from: ['referral_proposed', 'archive_proposed'],
    to: 'proposal',
    roles: ['supervisor'],
    reason: true,
  },
  {
    action: 'schedule',
    from: ['verified', 'disposed', 'acknowledged'],
    to: 'scheduled',
    roles: ['supervisor'],
    reason: true,
  },
  { action: 'group', from: OPEN, to: 'duplicate', roles: desk, reason: false },
  { action: 'ungroup', from: ['duplicate'], to: 'verified', roles: desk, reason: false },
  { action: 'route', from: ['received'], to: 'same', roles: ['operator'], reason: false },
  {
    action: 'reopen',
    from: ['resolved', 'closed', 'archived'],
    to: 'reopened',
    roles: ['operator'],
    reason: true,
  },
  { action: 'submit_reply', from: ACTIVE, to: 'same', roles: ['clerk', 'supervisor'], reason: false },
  {
    action: 'publish_acknowledgement',
    from: ['verified', 'disposed', 'reopened'],
    to: 'acknowledged',
    roles: [],
    reason: false,
  },
  {
    action: 'publish_acknowledgement',
    from: ['acknowledged', 'scheduled'],
    to: 'same',
    roles: [],
    reason: false,
  },
  { action: 'publish_final', from: ACTIVE, to: 'resolved', roles: [], reason: false },
  { action: 'citizen_message', from: ['awaiting_citizen'], to: 'verified', roles: [], reason: false },
  { action: 'citizen_message', from: ANY, to: 'same', roles: [], reason: false },
  { action: 'close', from: ['resolved'], to: 'closed', roles: [], reason: false },
]

/** Why an action is refused; codes for programs, the UI words them. */
export type Refusal = 'wrong_state' | 'wrong_role' | 'reason_required'

/** The first row of the table for this action and state, or undefined. */
export function findTransition(action: ReportAction, state: ReportStateName): Transition | undefined {
  return TRANSITIONS.find((t) => t.action === action && t.from.includes(state))
}

/** Null when the action is allowed, else why not. `reason` is the text given by the person, if any. */
export function refusalOf(
  action: ReportAction,
  state: ReportStateName,
  roles: readonly Role[],
  reason?: string | null,
): Refusal | null {
  const row = findTransition(action, state)
  if (!row) return 'wrong_state'
  if (!row.roles.some((role) => roles.includes(role))) return 'wrong_role'
  if (row.reason && !reason?.trim()) return 'reason_required'
  return null
}

/**
 * State after the action. A referral or archive approved becomes `referred`/`archived`; rejected, it falls back to
 * the state it was proposed from. Throws RangeError when the table has no such row.
 */
export function nextState(
  action: ReportAction,
  state: ReportStateName,
  proposal?: { kind: 'referral' | 'archive'; from: ReportStateName } | null,
): ReportStateName {
  const row = findTransition(action, state)
  if (!row) throw new RangeError(`no transition ${action} from ${state}`)
  if (row.to === 'same') return state
  if (row.to !== 'proposal') return row.to
  if (action === 'reject_proposal') return proposal?.from ?? 'verified'
  return state === 'referral_proposed' ? 'referred' : 'archived'
}

/** What can be done to a reply. `publish` and `void` are the hub's alone. */
export type ReplyAction = 'submit' | 'withdraw' | 'approve' | 'return' | 'publish' | 'void'

/** Reply transitions. Four-eyes (author ≠ approver) is checked beside the table by `mayDecideReply`. */
export const REPLY_TRANSITIONS: readonly {
  action: ReplyAction
  from: readonly (ReplyStateName | 'none')[]
  to: ReplyStateName
  roles: readonly Role[]
  reason: boolean
}[] = [
  {
    action: 'submit',
    from: ['none', 'draft', 'returned', 'withdrawn', 'voided'],
    to: 'submitted',
    roles: ['clerk', 'supervisor'],
    reason: false,
  },
  { action: 'withdraw', from: ['submitted'], to: 'withdrawn', roles: ['clerk', 'supervisor'], reason: false },
  { action: 'approve', from: ['submitted'], to: 'approved', roles: ['supervisor'], reason: false },
  { action: 'return', from: ['submitted'], to: 'returned', roles: ['supervisor'], reason: true },
  { action: 'publish', from: ['approved'], to: 'published', roles: [], reason: false },
  { action: 'void', from: ['submitted', 'approved'], to: 'voided', roles: [], reason: false },
]

/** The row for a reply action in a state, or undefined. */
export const findReplyTransition = (action: ReplyAction, state: ReplyStateName | 'none') =>
  REPLY_TRANSITIONS.find((t) => t.action === action && t.from.includes(state))

/** Whether this person may approve or return this reply: a supervisor, and not its author (APPR-02). */
export function mayDecideReply(
  reply: { authorId: string; state: ReplyStateName },
  person: { id: string; roles: readonly Role[] },
): boolean {
  return reply.state === 'submitted' && reply.authorId !== person.id && person.roles.includes('supervisor')
}

/** How each state leaves the office: Open311 status and mySociety extended status. */
export function open311Status(
  state: ReportStateName,
  referredInside = true,
): { status: 'open' | 'closed'; extended: string } {
  switch (state) {
    case 'received':
      return { status: 'open', extended: 'open' }
    case 'verified':
    case 'awaiting_citizen':
    case 'referral_proposed':
    case 'archive_proposed':
      return { status: 'open', extended: 'investigating' }
    case 'disposed':
    case 'acknowledged':
      return { status: 'open', extended: 'in_progress' }
    case 'scheduled':
      return { status: 'open', extended: 'planned' }
    case 'resolved':
      return { status: 'closed', extended: 'fixed' }
    case 'closed':
      return { status: 'closed', extended: 'closed' }
    case 'reopened':
      return { status: 'open', extended: 'reopen' }
    case 'referred':
      return referredInside
        ? { status: 'open', extended: 'internal_referral' }
        : { status: 'closed', extended: 'not_councils_responsibility' }
    case 'archived':
      return { status: 'closed', extended: 'no_further_action' }
    case 'duplicate':
      return { status: 'closed', extended: 'duplicate' }
  }
}
