import type { ReportState } from '@shared/domain/report.ts'
import { addEntry } from '../store/entries.ts'
import { same } from '../store/reports.ts'
import { changeState } from './change-state.ts'
import { actorOf, holdReport, reject, type Handlers } from './scope.ts'

/** First look at a report: ours, what kind, how urgent, and plain notes. */
export const triage: Handlers<
  'report.verify' | 'report.classify' | 'report.prioritise' | 'report.assign' | 'report.note'
> = {
  'report.verify': async (scope, m) => {
    const held = await holdReport(scope, m.reportId)
    const { body } = held.state
    const mine = m.payload
    const agreed =
      body.state === 'verified' &&
      same([body.class, body.oversight, body.priority], [mine.class, mine.oversight, mine.priority])
    // Two clerks verified alike: nothing is left to decide, so neither sees a conflict.
    if (agreed && held.state.version > m.baseVersion) return held.state.version
    const derive: Partial<ReportState> = { verifiedAt: scope.work.now }
    const data = { class: mine.class, oversight: mine.oversight, priority: mine.priority }
    return changeState(scope, held, {
      action: 'verify',
      base: m.baseVersion,
      set: mine,
      derive,
      entry: { data },
    })
  },
  'report.classify': async (scope, m) => {
    const held = await holdReport(scope, m.reportId)
    return changeState(scope, held, {
      action: 'classify',
      base: m.baseVersion,
      set: m.payload,
      entry: { data: { ...m.payload } },
    })
  },
  'report.prioritise': async (scope, m) => {
    const held = await holdReport(scope, m.reportId)
    return changeState(scope, held, {
      action: 'prioritise',
      base: m.baseVersion,
      set: m.payload,
      entry: { data: { ...m.payload } },
    })
  },
  'report.assign': async (scope, m) => {
    const held = await holdReport(scope, m.reportId)
    const { assigneeId } = m.payload
    if (assigneeId) await requireColleagues(scope, [assigneeId])
    return changeState(scope, held, {
      action: 'assign',
      base: m.baseVersion,
      set: { assigneeId },
      entry: { data: { assigneeId } },
    })
  },
  'report.note': async (scope, m) => {
    const held = await holdReport(scope, m.reportId)
    const { id, agencyId } = held.report.body
    if (!m.payload.text.trim()) throw reject('reason_required')
    await addEntry(scope.work, {
      reportId: id,
      agencyId,
      kind: 'internal',
      action: 'note',
      actor: actorOf(scope),
      text: m.payload.text,
    })
    return held.state.version
  },
}

/** Throws Refused `unknown_person` unless all of them are officers of the acting agency. */
export async function requireColleagues(
  scope: Parameters<typeof holdReport>[0],
  ids: readonly string[],
): Promise<void> {
  const wanted = new Set(ids.map((id) => id.toLowerCase()))
  const found = await scope.work.q('select 1 from people where agency_id = $1 and id::text = any($2)', [
    scope.device.agencyId,
    [...wanted],
  ])
  if (found.length !== wanted.size) throw reject('unknown_person')
}
