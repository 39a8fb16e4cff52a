import { changeState } from './change-state.ts'
import { activeAgency, moveReport } from './move.ts'
import { holdReport, reject, type Handlers } from './scope.ts'

/** The operator sends a report from the regency's queue to the office that owns it. */
export const routing: Handlers<'report.route'> = {
  'report.route': async (scope, m) => {
    const held = await holdReport(scope, m.reportId)
    const { agencyId } = m.payload
    await activeAgency(scope.work, agencyId)
    if (agencyId === held.report.body.agencyId) throw reject('same_agency')
    await changeState(scope, held, { action: 'route', base: m.baseVersion, entry: { data: { agencyId } } })
    await moveReport(scope.work, held, agencyId, { reason: '', by: scope.device.id })
    return held.state.version
  },
}
