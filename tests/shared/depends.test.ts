import { expect, test } from 'vitest'
import { dependsOn, type Ordered } from '@shared/sync/depends.ts'

const act = (
  kind: string,
  replyId: string | null = null,
  letterId: string | null = null,
  reportId: string | null = 'r',
): Ordered => ({
  kind,
  reportId,
  replyId,
  letterId,
})

const table: [later: Ordered, earlier: Ordered, waits: boolean][] = [
  [act('report.dispose'), act('report.verify'), true],
  [act('report.dispose'), act('report.verify', null, null, 'other'), false],
  [act('report.note'), act('report.verify'), false],
  [act('report.verify'), act('report.note'), false],
  [act('report.verify'), act('reply.submit', 'a'), false],
  [act('reply.submit', 'a'), act('report.verify'), true],
  [act('reply.approve', 'a'), act('reply.submit', 'a'), true],
  [act('reply.approve', 'a'), act('reply.submit', 'b'), false],
  [act('letter.issue', 'a', 'l'), act('reply.approve', 'a'), true],
  [act('letter.issue', null, 'l'), act('reply.approve', 'a'), false],
  [act('letter.issue', null, 'l'), act('report.dispose'), false],
  [act('letter.void', null, 'l'), act('letter.issue', 'a', 'l'), true],
  [act('letter.spoil', 'a', 'l'), act('letter.issue', 'a', 'l'), true],
  [act('letter.spoil', 'a', 'l'), act('reply.approve', 'a'), false],
  [act('letter.void', null, 'l'), act('letter.issue', 'a', 'm'), false],
  [act('register.lease', null, null, null), act('register.lease', null, null, null), false],
]

test.each(table)('%o after %o waits: %s', (later, earlier, waits) => {
  // Verifies SYNC-04
  expect(dependsOn(later, earlier)).toBe(waits)
})
