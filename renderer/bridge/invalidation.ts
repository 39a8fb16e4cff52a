import type { Query, QueryClient } from '@tanstack/react-query'
import type { Method, Output } from '@shared/ipc/contract.ts'

type Family =
  'app' | 'reports' | 'replies' | 'drafts' | 'letters' | 'people' | 'settings' | 'outbox' | 'sync' | 'setup'

const status: readonly Method[] = ['app.status', 'sync.status']
const reports: readonly Method[] = [
  'reports.list',
  'reports.counts',
  'reports.proposals',
  'attachments.states',
]
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
  sync: ['sync.status', 'sync.log', 'sync.outages', 'sync.outbox'],
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

/** Asks again for everything these topics made stale. */
export function invalidate(client: QueryClient, topics: readonly string[]): void {
  const stale = ({ queryKey }: Query) => isStale(queryKey, topics)
  // A query that is still being asked for the first time is not asked anew by an invalidation, although its answer may
  // have been read before the change: it is asked again once it has come.
  const first = client
    .getQueryCache()
    .findAll({ fetchStatus: 'fetching', predicate: stale })
    .filter((query) => query.state.data === undefined)
  for (const query of first) {
    const again = () => client.invalidateQueries({ queryKey: query.queryKey, exact: true })
    query.fetch().then(again, again)
  }
  void client.invalidateQueries({ predicate: (query) => stale(query) && !first.includes(query) })
}

/** Listens to the core and invalidates; returns the way to stop. */
export function watchStale(client: QueryClient): () => void {
  return window.bridge.onStale((topics) => invalidate(client, topics))
}

/**
 * What one person read is not the next one's: drafts, rights and counts differ. When the person changes, everything but
 * the app's own state is forgotten and asked for anew. Returns the way to stop.
 */
export function watchPerson(client: QueryClient): () => void {
  const others = { predicate: ({ queryKey }: Query) => !String(queryKey[0]).startsWith('app.') }
  let last: string | null = null
  return client.getQueryCache().subscribe(({ type, query }) => {
    if (type !== 'updated' || query.queryKey[0] !== 'app.status' || !query.state.data) return
    const person = (query.state.data as Output<'app.status'>).person?.id ?? null
    if (person === last) return
    const wasSomeone = last !== null
    last = person
    if (!wasSomeone) return
    if (person) void client.resetQueries(others)
    else client.removeQueries(others)
  })
}
