import { ExchangeResponse } from '@shared/sync/exchange.ts'
import type { FetchAnswer, FetchRequest } from '../../electron/core/host.ts'
import type { DeskNode, World } from './world.ts'

const known = new WeakMap<FetchAnswer, ExchangeResponse>()

/** The desk parses it by its schema; here it was never in doubt. */
function read(answer: FetchAnswer): ExchangeResponse {
  let response = known.get(answer)
  if (!response) {
    response = ExchangeResponse.parse(JSON.parse(Buffer.from(answer.body).toString('utf8')))
    known.set(answer, response)
  }
  return response
}

/** Looks over the hub's shoulder: what it sends to whom (SYNC-06, PRIV-01), and what a desk may call proven (SYNC-05). */
export function watchAnswer(
  world: World,
  desk: DeskNode,
  request: FetchRequest,
  answer: FetchAnswer,
  when: 'sent' | 'received',
): ExchangeResponse | null {
  if (!request.url.endsWith('/v1/exchange') || answer.status !== 200) return null
  const response = read(answer)
  if (when === 'received') {
    for (const receipt of response.receipts)
      world.trace(`receipt ${desk.name} ${receipt.mutationId.slice(-6)} ${receipt.outcome} ${receipt.reason}`)
    if (!response.more && !response.resync) desk.proven.set(response.hubTime, response.reportCount)
    return response
  }
  const { agencyId } = desk.record.device
  for (const change of response.changes) {
    if (change.removed) continue
    const body = change.body as Record<string, unknown>
    const reportId = ['report', 'report_state'].includes(change.kind) ? change.id : body['reportId']
    if (typeof reportId === 'string' && change.kind !== 'letter')
      mustBeOurs(world, agencyId, change.kind, reportId)
    if (change.kind === 'entry' || change.kind === 'reply')
      mustBePublic(world, agencyId, change.kind, change.id)
    if (change.kind === 'report') mustBeNameless(world, change.id, body)
    if ((change.kind === 'letter' || change.kind === 'person') && body['agencyId'] !== agencyId)
      world.broke('SYNC-06', `${agencyId} was sent another office's ${change.kind}`)
  }
  return response
}

function mustBeOurs({ hub, broke }: World, agencyId: string, kind: string, reportId: string): void {
  const row = hub.memory?.look('select agency_id from reports where id = ?').get(reportId) as
    { agency_id: string } | undefined
  if (row && row.agency_id !== agencyId)
    broke(
      'SYNC-06',
      `${agencyId} was sent ${kind} of report ${reportId.slice(-6)}, which is ${row.agency_id}'s`,
    )
}

/** Of another office's work on a report only what is public moves along with it. */
function mustBePublic({ hub, broke }: World, agencyId: string, kind: 'entry' | 'reply', id: string): void {
  const sql =
    kind === 'entry'
      ? `select agency_id, kind in ('citizen', 'official') as open from entries where id = ?`
      : `select agency_id, state = 'published' as open from replies where id = ?`
  const row = hub.memory?.look(sql).get(id) as { agency_id: string; open: number } | undefined
  if (row && row.agency_id !== agencyId && row.open === 0)
    broke('SYNC-06', `${agencyId} was sent an internal ${kind} of ${row.agency_id}`)
}

function mustBeNameless({ hub, broke }: World, reportId: string, body: Record<string, unknown>): void {
  const row = hub.memory
    ?.look(`select body ->> 'anonymous' as anonymous from report_states where id = ?`)
    .get(reportId) as { anonymous: number } | undefined
  if (row?.anonymous === 1 && body['reporter'] !== null)
    broke('PRIV-01', `the name behind anonymous report ${reportId.slice(-6)} was sent`)
}
