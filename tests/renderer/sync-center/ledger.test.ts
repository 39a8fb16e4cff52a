import { expect, test } from 'vitest'
import { ledger, skewOf } from '../../../renderer/features/sync-center/ledger.ts'
import { OutboxState, type OutboxItem } from '../../../shared/ipc/views.ts'

const item = (id: string, state: OutboxItem['state'], madeAt = 0) => ({ id, state, madeAt }) as OutboxItem

// Verifies SYNC-01
test('every state has its group and no item is left out', () => {
  const groups = ledger(OutboxState.options.map((state) => item(state, state)))
  expect(groups.needs.map((i) => i.state).toSorted()).toEqual(['conflict', 'rejected', 'signed_out'])
  expect(groups.waiting.map((i) => i.state).toSorted()).toEqual(['held', 'queued', 'sending'])
  expect(groups.done.map((i) => i.state).toSorted()).toEqual(['applied', 'discarded'])
})

test('waiting acts keep the order made, receipts come newest first, doubles count once', () => {
  const groups = ledger([
    item('b', 'queued', 2),
    item('a', 'queued', 1),
    item('a', 'queued', 1),
    item('x', 'applied', 1),
    item('y', 'applied', 5),
  ])
  expect(groups.waiting.map((i) => i.id)).toEqual(['a', 'b'])
  expect(groups.done.map((i) => i.id)).toEqual(['y', 'x'])
})

test('a clock difference is said in the unit a person would use', () => {
  expect(skewOf(1200)).toBeNull()
  expect(skewOf(-40_000)).toEqual({ unit: 'seconds', count: 40 })
  expect(skewOf(7 * 60_000)).toEqual({ unit: 'minutes', count: 7 })
  expect(skewOf(-3 * 3_600_000)).toEqual({ unit: 'hours', count: 3 })
  expect(skewOf(8 * 86_400_000)).toEqual({ unit: 'days', count: 8 })
})
