import { expect, test } from 'vitest'
import { contract } from '../../../shared/ipc/contract.ts'
import { isStale, STALE } from '../../../renderer/bridge/invalidation.ts'

test('a topic makes its family stale and nothing else', () => {
  expect(isStale(['reports.list', { view: 'all' }], ['reports'])).toBe(true)
  expect(isStale(['reports.list', { view: 'all' }], ['letters'])).toBe(false)
  expect(isStale(['sync.status', {}], ['outbox'])).toBe(true)
})

test('the topic of one report reaches only that report', () => {
  expect(isStale(['reports.get', { reportId: 'a' }], ['report:a'])).toBe(true)
  expect(isStale(['reports.get', { reportId: 'b' }], ['report:a'])).toBe(false)
  expect(isStale(['reports.list', {}], ['report:a'])).toBe(false)
})

test('an unknown topic is ignored', () => {
  expect(isStale(['reports.list', {}], ['toString', 'weather'])).toBe(false)
})

test('every query of the contract is reached by some topic, except those that are asked anew each time', () => {
  const askedAnew = ['reports.find', 'replies.check', 'audit.verify']
  const queries = Object.entries(contract).filter(([, call]) => call.type === 'query')
  const reached = new Set<string>(Object.values(STALE).flat())
  expect(
    queries.map(([name]) => name).filter((name) => !reached.has(name) && !askedAnew.includes(name)),
  ).toEqual([])
})
