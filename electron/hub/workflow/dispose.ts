import type { Disposition } from '@shared/domain/report.ts'
import { putItem } from '../feed/put.ts'
import { changeState } from './change-state.ts'
import { holdReport, reject, type Handlers } from './scope.ts'
import { requireColleagues } from './triage.ts'

/** Disposisi: the report goes to people or units with instructions. */
export const dispose: Handlers<'report.dispose'> = {
  'report.dispose': async (scope, m) => {
    const held = await holdReport(scope, m.reportId)
    const { work, person } = scope
    const { dispositionId, ...given } = m.payload
    if (given.toIds.length + given.units.length === 0) throw reject('bad_mutation')
    if (given.toIds.length > 0) await requireColleagues(scope, given.toIds)
    const [taken] = await work.q('select 1 from dispositions where id = $1', [dispositionId])
    if (taken) throw reject('id_reused')
    const set = { assigneeId: given.toIds[0] ?? null, unit: given.units[0] ?? null }
    const data = { dispositionId, urgency: given.urgency, dueOn: given.dueOn }
    const entry = { text: given.note, data }
    const version = await changeState(scope, held, { action: 'dispose', base: m.baseVersion, set, entry })
    const { id: reportId, agencyId } = held.report.body
    const body: Disposition = {
      id: dispositionId,
      reportId,
      fromId: person.id,
      ...given,
      createdAt: work.now,
    }
    await work.q('insert into dispositions values ($1, $2, $3, 1, $4::jsonb)', [
      body.id,
      reportId,
      agencyId,
      JSON.stringify(body),
    ])
    await putItem(work, { agencyId, kind: 'disposition', id: body.id, version: 1, body })
    return version
  },
}
