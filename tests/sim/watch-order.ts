import type { ExchangeResponse } from '@shared/sync/exchange.ts'
import type { DeskNode, Life, World } from './world.ts'

/** An act on the wire, as far as its order matters. */
export interface SentAct {
  id: string
  kind: string
  reportId: string | null
  payload: { replyId?: string } | null
}

interface OpenAct extends Omit<SentAct, 'payload'> {
  n: number
  replyId: string | null
}

const OPEN = `SELECT n, id, kind, report_id AS reportId, payload ->> '$.replyId' AS replyId FROM outbox
  WHERE state NOT IN ('applied', 'discarded') AND report_id IS NOT NULL ORDER BY n`

/** Written anew from SYNC-04, so that the desk's own rule is not what judges it. */
function mustFollow(later: OpenAct, earlier: OpenAct): boolean {
  if (later.reportId !== earlier.reportId || later.kind === 'report.note' || earlier.kind === 'report.note')
    return false
  const [after] = later.kind.split('.')
  const [before] = earlier.kind.split('.')
  if (before === 'report') return after === 'report' || after === 'reply'
  return before === 'reply' && after === 'reply' && later.replyId === earlier.replyId
}

/** SYNC-04: no act leaves a desk before the one it builds on. */
export function watchOrder(world: World, desk: DeskNode, life: Life, acts: readonly SentAct[]): void {
  if (acts.length === 0 || life.dead || life.closed) return
  const place = new Map(acts.map(({ id }, i) => [id, i]))
  const open = life.db.all<OpenAct>(OPEN)
  for (const [i, later] of open.entries()) {
    const at = place.get(later.id)
    if (at === undefined) continue
    for (const earlier of open.slice(0, i))
      if (mustFollow(later, earlier) && (place.get(earlier.id) ?? Infinity) > at)
        world.broke(
          'SYNC-04',
          `${desk.name} sends ${later.kind} ${later.n} before ${earlier.kind} ${earlier.n}`,
        )
  }
}

/**
 * SYNC-04: the hub answers every act or names it as one that has to come again, except those behind one of the same
 * report that comes again; and none of those counts before it. Without a word on any it takes no acts at all just now.
 */
export function watchReceipts(
  world: World,
  acts: readonly SentAct[],
  { receipts, later = [] }: Pick<ExchangeResponse, 'receipts' | 'later'>,
): void {
  if (receipts.length + later.length === 0) return
  const answers = new Map(receipts.map((receipt) => [receipt.mutationId, receipt]))
  const waiting = new Set<string>()
  for (const act of acts) {
    const receipt = answers.get(act.id)
    const named = later.includes(act.id)
    world.count(`receipt.${act.kind}.${receipt?.outcome ?? (named ? 'later' : 'none')}`)
    if (receipt?.reason) world.count(`reason.${receipt.reason}`)
    const ordered = act.kind === 'report.note' ? null : act.reportId
    const again = !receipt || receipt.reason === 'session_expired'
    const behind = ordered !== null && waiting.has(ordered)
    if (!receipt && !named && !behind)
      world.broke('SYNC-04', `the hub is silent about ${act.kind} ${act.id.slice(-6)}`)
    if (behind && !again)
      world.broke('SYNC-04', `the hub took ${act.kind} ${act.id.slice(-6)} before one that comes again`)
    if (again && ordered !== null) waiting.add(ordered)
  }
}
