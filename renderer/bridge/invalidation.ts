import type { Query, QueryClient } from '@tanstack/react-query'
import type { Method } from '@shared/ipc/contract.ts'

type Family =
  'app' | 'reports' | 'replies' | 'drafts' | 'letters' | 'people' | 'settings' | 'outbox' | 'sync' | 'setup'

const status: readonly Method[] = ['app.status', 'sync.status']
const reports: readonly Method[] = ['reports.list', 'reports.counts', 'reports.proposals']
const drafts: readonly Method[] = ['drafts.mine', 'drafts.orphaned']
const letters: readonly Method[] = ['letters.list', 'letters.register']
const office: readonly Method[] = ['office.lists', 'letters.profile', 'replies.templates', 'agencies.list']

/** Which queries each topic makes stale. */
export const STALE: Readonly<Record<Family, readonly Method[]>> = {
  app: ['app.status', 'app.preferences'],
  setup: status,
  reports: [...reports, 'reports.get', 'replies.queue'],
  replies: ['replies.queue', 'reports.get', ...reports],
  drafts: [...drafts, 'reports.get'],
  letters: [...letters, 'reports.get', 'letters.pdf'],
  people: ['people.list', 'app.status'],
  settings: office,
  outbox: ['sync.outbox', 'sync.status'],
  sync: ['sync.status', 'sync.log', 'sync.outbox'],
}

const isFamily = (topic: string): topic is Family => Object.hasOwn(STALE, topic)

/** Whether a query with this key went stale; `report:<id>` names one report's queries only. */
export function isStale(key: readonly unknown[], topics: readonly string[]): boolean {
  const [method, input] = key as [string, { reportId?: string } | undefined]
  return topics.some((topic) => {
    if (topic.startsWith('report:')) return input?.reportId === topic.slice('report:'.length)
    return isFamily(topic) && (STALE[topic] as readonly string[]).includes(method)
  })
}

/** Listens to the core and invalidates; returns the way to stop. */
export function watchStale(client: QueryClient): () => void {
  return window.bridge.onStale((topics) => {
    void client.invalidateQueries({ predicate: (query: Query) => isStale(query.queryKey, topics) })
  })
}
