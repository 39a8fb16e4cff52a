import { clocksOf } from '@shared/domain/deadlines.ts'
import type { ReportState } from '@shared/domain/report.ts'
import type { AgencySettings } from '@shared/domain/settings.ts'
import { findTransition, nextState } from '@shared/domain/workflow.ts'
import type { Hub } from '../context.ts'
import { addEntry } from '../store/entries.ts'
import { lockReport } from '../store/reports.ts'
import { moveState } from './change-state.ts'

/**
 * Closes every resolved report whose silent working days have passed; answers how many. Safe to run at any time and
 * twice. A practice hub dates the closing at the end of the window, as if it had always been on.
 */
export async function closeSilent(hub: Hub): Promise<number> {
  const rows = await hub.db.q<{ state: ReportState; settings: AgencySettings }>(
    `select s.body as state, g.body as settings from report_states s
     join reports r on r.id = s.id join settings g on g.agency_id = r.body->>'agencyId'
     where s.body->>'state' = 'resolved'`,
  )
  let closed = 0
  for (const { state, settings } of rows) {
    const dueAt = dueToClose(state, settings, hub.clock())
    if (dueAt === null) continue
    const done = await hub.work(
      async (work) => {
        const held = await lockReport(work, state.id)
        // A message or a reopening may have come since; its window is judged anew.
        if (!held || !findTransition('close', held.state.body.state)) return false
        if (dueToClose(held.state.body, settings, hub.clock()) === null) return false
        await moveState(work, held, nextState('close', held.state.body.state), {}, null)
        const { id, agencyId } = held.report.body
        await addEntry(work, { reportId: id, agencyId, kind: 'system', action: 'close' })
        return true
      },
      hub.practice ? dueAt : undefined,
    )
    if (done) closed++
  }
  return closed
}

/** When the window ended, or null while it is open. */
function dueToClose(state: ReportState, settings: AgencySettings, now: number): number | null {
  const close = clocksOf(state, settings, now).close
  return close && close.dueAt < now ? close.dueAt : null
}
