import type { Parsed, Queued } from '@shared/ipc/contract.ts'
import { AppError } from '@shared/ipc/errors.ts'
import type { MutationPayload } from '@shared/sync/mutations.ts'
import type { Desk, NewMutation } from '../desk.ts'
import { mirroredRow } from '../mirror/rows.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { foldedReport, type FoldedReport } from '../queries/reports.ts'
import { requireAction, sameActPending, UNDO_MS } from './guards.ts'

type Triage = Parsed<'reports.triage'>
type TriageKind = `report.${Triage['action']}`

/**
 * Queues one act of triage, undoable for ten seconds. Throws AppError not_found, wrong_state, not_allowed,
 * reason_required or bad_input.
 */
export function triageReport(desk: Desk, input: Triage): Queued {
  const { reportId, action, payload } = input
  const kind: TriageKind = `report.${action}`
  const folded = foldedReport(desk, reportId)
  const pending = sameActPending(desk, kind, reportId, payload)
  if (pending) return { mutationId: pending.mutationId, undoUntil: pending.undoUntil }
  requireAction(desk, action, folded.state.state, 'reason' in payload ? payload.reason : null)
  requireSense(desk, input, folded)
  const mutation = { kind, reportId, baseVersion: folded.stateVersion, payload, holdMs: UNDO_MS }
  // `action` and `payload` belong together by the contract's union, which TypeScript loses in the template string.
  return enqueue(desk, mutation as NewMutation<TriageKind>)
}

/** What the table cannot say: targets that exist, flags that change something, groups of one level. */
function requireSense(desk: Desk, { action, payload, reportId }: Triage, { state }: FoldedReport): void {
  switch (action) {
    case 'set_flags':
    case 'clear_flags':
      if (payload.anonymous === undefined && payload.confidential === undefined)
        throw new AppError('bad_input', 'no flag named')
      break
    case 'propose_referral':
      if (payload.agencyId !== null) requireAgency(desk, payload.agencyId)
      break
    case 'route':
      requireAgency(desk, payload.agencyId)
      break
    case 'group':
      requireLead(desk, reportId, payload)
      break
    case 'assign':
      if (payload.assigneeId !== null) requireColleague(desk, payload.assigneeId)
      break
    case 'note':
      if (!payload.text.trim()) throw new AppError('bad_input', 'an empty note', { text: 'empty' })
      break
    case 'ask_citizen':
      if (!payload.question.trim()) throw new AppError('bad_input', 'no question', { question: 'empty' })
      break
    case 'approve_proposal':
    case 'reject_proposal':
      if (!state.proposal) throw new AppError('wrong_state', 'no proposal')
      break
    case 'verify':
    case 'classify':
    case 'prioritise':
    case 'resume':
    case 'propose_archive':
    case 'schedule':
    case 'ungroup':
    case 'reopen':
      break
  }
}

function requireAgency(desk: Desk, agencyId: string): void {
  const agency = mirroredRow(desk.db, 'agency', agencyId)?.body
  if (!agency?.active || agencyId === desk.device.agencyId)
    throw new AppError('bad_input', `agency ${agencyId}`, { agencyId: 'unknown' })
}

/** Throws AppError bad_input unless the person is an active officer of this agency. */
export function requireColleague(desk: Desk, personId: string): void {
  const person = mirroredRow(desk.db, 'person', personId)?.body
  if (!person?.active || person.agencyId !== desk.device.agencyId)
    throw new AppError('bad_input', `person ${personId}`, { personId: 'unknown' })
}

/** Groups have one level: a lead is no member, a member leads nobody. */
function requireLead(desk: Desk, reportId: string, { leadId }: MutationPayload<'report.group'>): void {
  const lead = foldedReport(desk, leadId).state
  const leads = desk.db.get(
    `SELECT 1 FROM report_current INDEXED BY current_by_lead
     WHERE state = 'duplicate' AND state_body ->> '$.groupLeadId' = ? LIMIT 1`,
    reportId,
  )
  if (leadId === reportId || lead.state === 'duplicate' || leads)
    throw new AppError('bad_input', 'not a possible lead', { leadId: 'not_a_lead' })
}
