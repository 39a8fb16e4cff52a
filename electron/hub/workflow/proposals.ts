import type { Proposal } from '@shared/domain/report.ts'
import { changeState } from './change-state.ts'
import { activeAgency, moveReport, operatorAgency } from './move.ts'
import { holdReport, reject, type Handlers, type Scope } from './scope.ts'
import type { Held } from '../store/reports.ts'

/** Referral and archive: a clerk proposes, a supervisor decides. */
export const proposals: Handlers<
  'report.propose_referral' | 'report.propose_archive' | 'report.approve_proposal' | 'report.reject_proposal'
> = {
  'report.propose_referral': async (scope, m) => {
    const held = await holdReport(scope, m.reportId)
    const { agencyId, reason } = m.payload
    if (agencyId) await activeAgency(scope.work, agencyId)
    if (agencyId === held.report.body.agencyId) throw reject('same_agency')
    return propose(scope, held, m.baseVersion, { kind: 'referral', agencyId, reason })
  },
  'report.propose_archive': async (scope, m) => {
    const held = await holdReport(scope, m.reportId)
    return propose(scope, held, m.baseVersion, { kind: 'archive', agencyId: null, reason: m.payload.reason })
  },
  'report.approve_proposal': async (scope, m) => {
    const held = await holdReport(scope, m.reportId)
    const { proposal } = held.state.body
    const derive = { proposal: null }
    const entry = { data: { kind: proposal?.kind ?? null, agencyId: proposal?.agencyId ?? null } }
    const version = await changeState(scope, held, {
      action: 'approve_proposal',
      base: m.baseVersion,
      reason: proposal?.reason,
      derive,
      entry,
    })
    if (proposal?.kind !== 'referral') return version
    const target = proposal.agencyId ?? (await operatorAgency(scope.work))
    // The operator's own "nobody's" ends here: there is no one left to hand it to.
    if (target === held.report.body.agencyId) return version
    await moveReport(scope.work, held, target, { reason: proposal.reason, by: scope.device.id })
    return held.state.version
  },
  'report.reject_proposal': async (scope, m) => {
    const held = await holdReport(scope, m.reportId)
    const change = { action: 'reject_proposal', base: m.baseVersion, reason: m.payload.reason } as const
    return changeState(scope, held, { ...change, derive: { proposal: null } })
  },
}

function propose(
  scope: Scope,
  held: Held,
  base: number,
  p: Pick<Proposal, 'kind' | 'agencyId' | 'reason'>,
): Promise<number> {
  const proposal: Proposal = { ...p, byId: scope.person.id, from: held.state.body.state }
  const action = p.kind === 'referral' ? 'propose_referral' : 'propose_archive'
  const entry = { data: { agencyId: p.agencyId } }
  return changeState(scope, held, { action, base, reason: p.reason, derive: { proposal }, entry })
}
