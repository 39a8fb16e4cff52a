import { fullName } from '@shared/domain/person.ts'
import { mayDecideReply } from '@shared/domain/workflow.ts'
import { saveReply } from '../store/replies.ts'
import type { Row } from '../store/reports.ts'
import type { Reply } from '@shared/domain/reply.ts'
import { publish } from './publish.ts'
import { hashNow, note, requireReply, requireReplyState } from './reply-submit.ts'
import { holdReport, reject, type Handlers, type Scope } from './scope.ts'

/** A supervisor who is not the author decides; approval publishes in the same transaction (APPR-01, APPR-02). */
export const replyDecide: Handlers<'reply.approve' | 'reply.return'> = {
  'reply.approve': async (scope, m) => {
    const reply = await requireReply(scope, m)
    requireDecider(scope, reply, 'approve', m.baseVersion)
    const held = await holdReport(scope, m.reportId)
    const { hash, reportVersion } = m.payload
    const current = held.report.version
    const covers =
      hash === reply.body.hash && reportVersion === reply.body.reportVersion && reportVersion === current
    if (!covers || hashNow(held, reply.body) !== hash) throw reject('stale_content')
    const { now } = scope.work
    reply.body = {
      ...reply.body,
      state: 'published',
      approverId: scope.person.id,
      decidedAt: now,
      publishedAt: now,
      returnReason: null,
    }
    await saveReply(scope.work, scope.device.agencyId, reply)
    await note(scope, reply.body, 'approve_reply', { revision: reply.body.revision })
    await publish(scope.work, held, reply.body, { id: scope.person.id, name: fullName(scope.person) })
    return reply.version
  },
  'reply.return': async (scope, m) => {
    const reply = await requireReply(scope, m)
    requireDecider(scope, reply, 'return', m.baseVersion)
    const { hash, reason } = m.payload
    if (!reason.trim()) throw reject('reason_required')
    if (hash !== reply.body.hash) throw reject('stale_content')
    reply.body = {
      ...reply.body,
      state: 'returned',
      approverId: scope.person.id,
      decidedAt: scope.work.now,
      returnReason: reason,
    }
    await saveReply(scope.work, scope.device.agencyId, reply)
    await note(scope, reply.body, 'return_reply', { revision: reply.body.revision }, reason)
    return reply.version
  },
}

function requireDecider(
  { person }: Scope,
  reply: Row<Reply>,
  action: 'approve' | 'return',
  base: number,
): void {
  if (!person.roles.includes('supervisor')) throw reject('wrong_role')
  if (reply.body.authorId === person.id) throw reject('four_eyes')
  requireReplyState(action, reply, base)
  if (!mayDecideReply(reply.body, person)) throw reject('wrong_state')
}
