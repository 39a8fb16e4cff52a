import { uuidv7 } from '@shared/domain/ids.ts'
import type { MutationPayload } from '@shared/sync/mutations.ts'
import { enqueue } from '../../electron/core/outbox/enqueue.ts'
import type { Draw } from './random.ts'
import type { DeskNode, World } from './world.ts'

/** A letter under a number that nobody lent: the hub must refuse it (LETT-01). Its id goes into `forged`. */
export function forgeLetter(world: World, desk: DeskNode, draw: Draw, forged: Set<string>): void {
  const life = desk.life!
  const row = life.db.get<{ payload: string; reportId: string }>(
    `SELECT payload, report_id AS reportId FROM outbox WHERE kind = 'letter.issue' AND payload <> 'null' LIMIT 1`,
  )
  if (!row) return
  const { letter } = JSON.parse(row.payload) as MutationPayload<'letter.issue'>
  const n = letter.n + 1 + draw.below(60)
  const token = Buffer.from(draw.bytes(16)).toString('base64url')
  const id = uuidv7(world.timeline.now(), draw.bytes(10))
  const made = { ...letter, id, n, number: `${letter.number}-${n}`, verifyToken: token }
  // Before the act: the process may die right after it was committed.
  forged.add(id)
  enqueue(life.open.desk, {
    kind: 'letter.issue',
    reportId: row.reportId,
    baseVersion: 0,
    payload: { letter: made },
  })
  desk.ledger.learn(life.db as never)
  world.count('act.forgeLetter')
}
