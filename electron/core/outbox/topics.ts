import type { Topic } from '@shared/ipc/topics.ts'

/** The queries that a queued or settled act makes stale. */
export function topicsOf(kind: string, reportId: string | null): Topic[] {
  const topics: Topic[] = ['outbox', 'sync']
  if (reportId) topics.push('reports', `report:${reportId}`)
  if (kind.startsWith('reply.')) topics.push('replies', 'drafts')
  if (kind.startsWith('letter.') || kind.startsWith('register.')) topics.push('letters')
  return topics
}
