import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { contract } from '../../../shared/ipc/contract.ts'
import { isStale, STALE, watchPerson } from '../../../renderer/bridge/invalidation.ts'

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

test('what one person read is forgotten when another signs in', () => {
  const client = new QueryClient()
  const stop = watchPerson(client)
  const become = (id: string | null) => client.setQueryData(['app.status', {}], { person: id && { id } })
  become(null)
  become('novita')
  client.setQueryData(['replies.queue', {}], ['milik Novita'])
  client.setQueryData(['app.preferences', {}], { theme: 'dark' })
  become('novita')
  expect(client.getQueryData(['replies.queue', {}])).toEqual(['milik Novita'])
  become('maria')
  expect(client.getQueryData(['replies.queue', {}])).toBeUndefined()
  expect(client.getQueryData(['app.preferences', {}])).toEqual({ theme: 'dark' })
  client.setQueryData(['drafts.mine', {}], ['milik Maria'])
  become(null)
  expect(client.getQueryData(['drafts.mine', {}])).toBeUndefined()
  stop()
})
