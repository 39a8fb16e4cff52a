import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { invalidate } from '../../../renderer/bridge/invalidation.ts'

test('a change that is announced during the very first fetch is not lost', async () => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } })
  const answers = ['read before the change', 'read after it']
  let release = () => {}
  const asked: string[] = []
  const queryFn = async () => {
    const answer = answers[asked.length]!
    asked.push(answer)
    if (asked.length === 1) await new Promise<void>((resolve) => (release = resolve))
    return answer
  }
  const observer = new QueryObserver(client, { queryKey: ['reports.counts', {}], queryFn })
  const stop = observer.subscribe(() => {})
  invalidate(client, ['reports'])
  release()
  await expect.poll(() => observer.getCurrentResult().data).toBe('read after it')
  expect(asked).toEqual(answers)
  stop()
})
