import { uuidv7 } from '@shared/domain/ids.ts'
import type { Letter } from '@shared/domain/letter.ts'
import type { Reply } from '@shared/domain/reply.ts'
import { enqueue } from '../../electron/core/outbox/enqueue.ts'
import { replyVersion, type FoldedReport } from '../../electron/core/queries/reports.ts'
import { boot, shut } from './desk-node.ts'
import type { Draw } from './random.ts'
import type { DeskNode, World } from './world.ts'

/** What an approver saw and decided: nothing else may be published in their name (APPR-02). */
export interface Seen {
  replyId: string
  text: string
  approverId: string
  authorId: string
  supervisor: boolean
  anonymous: boolean
  confidential: boolean
  reportVersion: number
}

/** What the person at this desk is shown of an answer. */
export function seenOf(desk: DeskNode, found: FoldedReport, reply: Reply): Seen {
  return {
    replyId: reply.id,
    text: reply.body,
    approverId: desk.personId,
    authorId: reply.authorId,
    supervisor: desk.life!.open.desk.person.roles.includes('supervisor'),
    anonymous: found.state.anonymous,
    confidential: found.state.confidential,
    reportVersion: found.version,
  }
}

/** An approval that no button would have made: the hub checks, the desk only helps (APPR-01, APPR-02). */
export function forgeApproval(
  world: World,
  desk: DeskNode,
  found: FoldedReport,
  draw: Draw,
  approvals: Set<Seen>,
): void {
  if (found.replies.length === 0) return
  // What was taken back or sent back is the likeliest to be approved by mistake.
  const odd = found.replies.filter((one) => one.state === 'withdrawn' || one.state === 'returned')
  const reply = draw.pick(odd.length > 0 && draw.chance(0.6) ? odd : found.replies)
  const author = desk.enrolled.people.find((one) => one.id === reply.authorId)
  const own = author?.roles.includes('supervisor') === true && draw.chance(0.5)
  const others = desk.enrolled.people.filter(
    (one) => one.roles.includes('supervisor') && one.id !== reply.authorId,
  )
  const approver = own ? author : draw.chance(0.7) && others.length > 0 ? draw.pick(others) : null
  if (approver && approver.id !== desk.personId) {
    shut(world, desk)
    boot(world, desk, approver.id)
  }
  const life = desk.life!
  const hash = draw.chance(0.7) ? reply.hash : 'f'.repeat(64)
  const reportVersion = draw.chance(0.7) ? found.version : reply.reportVersion
  // Before the act: the process may die right after it was committed.
  const seen = { ...seenOf(desk, found, reply), reportVersion }
  approvals.add(hash === reply.hash ? seen : { ...seen, text: '' })
  enqueue(life.open.desk, {
    kind: 'reply.approve',
    reportId: reply.reportId,
    baseVersion: replyVersion(life.open.desk, reply.id),
    payload: { replyId: reply.id, hash, reportVersion },
  })
  desk.ledger.learn(life.db as never)
  world.count('act.forge')
}

/** A letter under a number that nobody lent: the hub must refuse it (LETT-01). Its id goes into `forged`. */
export function forgeLetter(world: World, desk: DeskNode, draw: Draw, forged: Set<string>): void {
  const life = desk.life!
  const row = life.db.get<{ letter: string }>(
    `SELECT payload ->> '$.letter' AS letter FROM outbox WHERE kind = 'letter.issue' AND payload <> 'null'
     UNION ALL SELECT body FROM m_rows WHERE kind = 'letter' LIMIT 1`,
  )
  if (!row) return
  const letter = {
    ...(JSON.parse(row.letter) as Letter),
    deviceId: desk.record.device.id,
    state: 'issued' as const,
  }
  const n = letter.n + 1 + draw.below(60)
  const token = Buffer.from(draw.bytes(16)).toString('base64url')
  const id = uuidv7(world.timeline.now(), draw.bytes(10))
  const made = { ...letter, id, n, number: `${letter.number}-${n}`, verifyToken: token }
  // Before the act: the process may die right after it was committed.
  forged.add(id)
  enqueue(life.open.desk, {
    kind: 'letter.issue',
    reportId: letter.reportId,
    baseVersion: 0,
    payload: { letter: made },
  })
  desk.ledger.learn(life.db as never)
  world.count('act.forgeLetter')
}
