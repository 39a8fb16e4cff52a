import { addEntry } from '../store/entries.ts'
import { memberIds } from '../store/reports.ts'
import { changeState } from './change-state.ts'
import { actorOf, holdReport, reject, type Handlers } from './scope.ts'

/** Duplicates: a member follows its lead and can leave again; it keeps its own messages and history. */
export const groups: Handlers<'report.group' | 'report.ungroup'> = {
  'report.group': async (scope, m) => {
    const { leadId } = m.payload
    if (leadId === m.reportId) throw reject('bad_lead')
    // Both rows are locked in id order, whichever of the two leads.
    const [first, second] = [leadId, m.reportId ?? ''].sort()
    const one = await holdReport(scope, first!)
    const two = await holdReport(scope, second!)
    const [lead, held] = one.report.body.id === leadId ? [one, two] : [two, one]
    if (lead.state.body.groupLeadId || lead.state.body.state === 'duplicate') throw reject('bad_lead')
    if ((await memberIds(scope.work, held.report.body.id)).length > 0) throw reject('bad_lead')
    const entry = { data: { leadId, leadNumber: lead.report.body.number } }
    const version = await changeState(scope, held, {
      action: 'group',
      base: m.baseVersion,
      set: { groupLeadId: leadId },
      entry,
    })
    await addEntry(scope.work, {
      reportId: leadId,
      agencyId: lead.report.body.agencyId,
      kind: 'system',
      action: 'group_member',
      actor: actorOf(scope),
      data: { memberId: held.report.body.id, memberNumber: held.report.body.number },
    })
    return version
  },
  'report.ungroup': async (scope, m) => {
    const held = await holdReport(scope, m.reportId)
    const derive = { verifiedAt: held.state.body.verifiedAt ?? scope.work.now }
    return changeState(scope, held, {
      action: 'ungroup',
      base: m.baseVersion,
      set: { groupLeadId: null },
      derive,
    })
  },
}
