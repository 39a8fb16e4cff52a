import type { Reply } from '@shared/domain/reply.ts'
import { findTransition, nextState } from '@shared/domain/workflow.ts'
import type { Work } from '../context.ts'
import { addEntry } from '../store/entries.ts'
import { lockReport, memberIds, saveState, type Held } from '../store/reports.ts'
import { moveState } from './change-state.ts'
import { Refused } from './scope.ts'

type Officer = { id: string; name: string }

/**
 * Publishes an approved answer: the report's state and clocks, its public line, and one update for every member of its
 * group. Runs inside the approval's transaction. Throws Refused `wrong_state`.
 */
export async function publish(work: Work, held: Held, reply: Reply, by: Officer): Promise<void> {
  const action = reply.kind === 'final' ? 'publish_final' : 'publish_acknowledgement'
  const { state } = held.state.body
  if (!findTransition(action, state)) throw new Refused('rejected', 'wrong_state', { state })
  const next = nextState(action, state)
  // By nobody's device: to every desk this is the hub's act.
  await moveState(work, held, next, met(held, reply, work.now), null)
  await publicLine(work, held, reply, by, next)
  for (const id of await memberIds(work, reply.reportId)) {
    const member = await lockReport(work, id)
    if (!member) continue
    await saveState(work, member, met(member, reply, work.now), null)
    await publicLine(work, member, reply, by, next)
  }
}

const met = ({ state }: Held, reply: Reply, now: number) => ({
  responseMetAt: state.body.responseMetAt ?? now,
  settlementMetAt: reply.kind === 'final' ? (state.body.settlementMetAt ?? now) : state.body.settlementMetAt,
})

async function publicLine(
  work: Work,
  held: Held,
  reply: Reply,
  actor: Officer,
  state: string,
): Promise<void> {
  const { id: reportId, agencyId } = held.report.body
  const data = { replyId: reply.id, kind: reply.kind, state }
  await addEntry(work, {
    reportId,
    agencyId,
    kind: 'official',
    action: 'published',
    actor,
    text: reply.body,
    data,
  })
}
