import { addEntry } from '../store/entries.ts'
import { changeState } from './change-state.ts'
import { actorOf, holdForOperator, holdReport, type Handlers } from './scope.ts'

/** Acts that stop or restart the clocks. */
export const clock: Handlers<'report.ask_citizen' | 'report.resume' | 'report.schedule' | 'report.reopen'> = {
  'report.ask_citizen': async (scope, m) => {
    const held = await holdReport(scope, m.reportId)
    const { question, reason } = m.payload
    const pauses = [
      ...held.state.body.pauses,
      { from: scope.work.now, to: null, reason: reason.slice(0, 1000), state: 'awaiting_citizen' as const },
    ]
    const version = await changeState(scope, held, {
      action: 'ask_citizen',
      base: m.baseVersion,
      reason,
      derive: { pauses },
    })
    // The question itself is public: it is what the citizen reads.
    const { id, agencyId } = held.report.body
    await addEntry(scope.work, {
      reportId: id,
      agencyId,
      kind: 'official',
      action: 'ask_citizen',
      actor: actorOf(scope),
      text: question,
      data: { state: 'awaiting_citizen' },
    })
    return version
  },
  'report.resume': async (scope, m) => {
    const held = await holdReport(scope, m.reportId)
    const derive = { reviewOn: null, verifiedAt: held.state.body.verifiedAt ?? scope.work.now }
    return changeState(scope, held, {
      action: 'resume',
      base: m.baseVersion,
      derive,
      entry: { text: m.payload.note },
    })
  },
  'report.schedule': async (scope, m) => {
    const held = await holdReport(scope, m.reportId)
    const { reviewOn, reason } = m.payload
    const pauses = [
      ...held.state.body.pauses,
      { from: scope.work.now, to: null, reason: reason.slice(0, 1000), state: 'scheduled' as const },
    ]
    const change = {
      action: 'schedule',
      base: m.baseVersion,
      reason,
      set: { reviewOn },
      derive: { pauses },
    } as const
    return changeState(scope, held, { ...change, entry: { data: { reviewOn } } })
  },
  'report.reopen': async (scope, m) => {
    const held = await holdForOperator(scope, m.reportId)
    const { clockStartedAt, responseMetAt, settlementMetAt, reopenCount } = held.state.body
    return changeState(scope, held, {
      action: 'reopen',
      base: m.baseVersion,
      reason: m.payload.reason,
      derive: {
        clockStartedAt: scope.work.now,
        responseMetAt: null,
        settlementMetAt: null,
        reopenCount: reopenCount + 1,
      },
      // The old clock stays readable in the timeline.
      entry: { data: { clockStartedAt, responseMetAt, settlementMetAt } },
    })
  },
}
