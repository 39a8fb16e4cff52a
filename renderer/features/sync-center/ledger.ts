import type { OutboxItem } from '@shared/ipc/views.ts'

/** Whose turn it is: a person's, the next exchange's, or nobody's. */
export type LedgerGroup = 'needs' | 'waiting' | 'done'

const GROUP: Readonly<Record<OutboxItem['state'], LedgerGroup>> = {
  conflict: 'needs',
  rejected: 'needs',
  signed_out: 'needs',
  held: 'waiting',
  queued: 'waiting',
  sending: 'waiting',
  applied: 'done',
  discarded: 'done',
}

/** Sorts every item into exactly one group: what needs a person and what waits in the order made, what is done newest first. */
export function ledger(items: readonly OutboxItem[]): Record<LedgerGroup, OutboxItem[]> {
  const groups: Record<LedgerGroup, OutboxItem[]> = { needs: [], waiting: [], done: [] }
  const seen = new Set<string>()
  for (const item of items.toSorted((a, b) => a.madeAt - b.madeAt)) {
    if (seen.has(item.id)) continue
    seen.add(item.id)
    groups[GROUP[item.state]].push(item)
  }
  groups.done.reverse()
  return groups
}

/** Splits a difference of clocks into a number and its unit; under a second is no difference. */
export function skewOf(ms: number): { unit: 'seconds' | 'minutes' | 'hours' | 'days'; count: number } | null {
  const seconds = Math.round(Math.abs(ms) / 1000)
  if (seconds < 5) return null
  if (seconds < 90) return { unit: 'seconds', count: seconds }
  if (seconds < 90 * 60) return { unit: 'minutes', count: Math.round(seconds / 60) }
  if (seconds < 36 * 3600) return { unit: 'hours', count: Math.round(seconds / 3600) }
  return { unit: 'days', count: Math.round(seconds / 86_400) }
}
