import { expect, test } from 'vitest'
import type { ApprovalItem } from '../../../shared/ipc/views.ts'
import { currentItem, settle, skip, startBatch, tally } from '../../../renderer/features/approval/batch.ts'

const item = (id: string, mayDecide = true) => ({ reply: { id }, mayDecide }) as unknown as ApprovalItem

test('own answers and answers not chosen never enter the stack', () => {
  const queue = [item('a'), item('b', false), item('c'), item('d')]
  const batch = startBatch(queue, new Set(['a', 'b', 'd']))
  expect(batch?.items.map((i) => i.reply.id)).toEqual(['a', 'd'])
  expect(startBatch(queue, new Set(['b']))).toBeNull()
})

test('each answer gets its own result and the last one empties the stack', () => {
  let batch = startBatch([item('a'), item('b'), item('c')], new Set(['a', 'b', 'c']))!
  batch = settle(batch, { outcome: 'approved', mutationId: 'm1' })
  batch = skip(batch)
  expect(currentItem(batch)?.reply.id).toBe('c')
  batch = settle(batch, { outcome: 'returned', mutationId: 'm2' })
  expect(currentItem(batch)).toBeNull()
  expect(tally(batch)).toEqual({ approved: 1, returned: 1, skipped: 1, failed: 0 })
  expect(settle(batch, { outcome: 'skipped' })).toBe(batch)
})

test('a failed one stays on top with its reason until the person moves on', () => {
  let batch = startBatch([item('a'), item('b')], new Set(['a', 'b']))!
  batch = settle(batch, { outcome: 'failed', code: 'stale_content' })
  expect(currentItem(batch)?.reply.id).toBe('a')
  batch = skip(batch)
  expect(batch.results['a']).toEqual({ outcome: 'failed', code: 'stale_content' })
  expect(currentItem(batch)?.reply.id).toBe('b')
})
