import type { ApprovalItem } from '@shared/ipc/views.ts'

/** What became of one answer of the batch. */
export type BatchResult =
  | { outcome: 'approved' | 'returned'; mutationId: string }
  | { outcome: 'skipped' }
  | { outcome: 'failed'; code: string }

/** A stack of answers looked at one after the other; the items are kept as they were when the stack was made. */
export interface Batch {
  items: readonly ApprovalItem[]
  at: number
  results: Readonly<Record<string, BatchResult>>
}

/** A stack of the chosen answers that this person may decide, in queue order; null when none is left. */
export function startBatch(queue: readonly ApprovalItem[], chosen: ReadonlySet<string>): Batch | null {
  const items = queue.filter((item) => chosen.has(item.reply.id) && item.mayDecide)
  return items.length ? { items, at: 0, results: {} } : null
}

/** Notes what became of the current answer and moves to the next one without a result. */
export function settle(batch: Batch, result: BatchResult): Batch {
  const current = batch.items[batch.at]
  if (!current) return batch
  const results = { ...batch.results, [current.reply.id]: result }
  // A failed one stays on top: the person reads why before going on.
  return { ...batch, results, at: result.outcome === 'failed' ? batch.at : batch.at + 1 }
}

/** Leaves the current answer undecided. A result that it already has (a failure) is kept. */
export function skip(batch: Batch): Batch {
  const current = batch.items[batch.at]
  if (!current) return batch
  const results = batch.results[current.reply.id]
    ? batch.results
    : { ...batch.results, [current.reply.id]: { outcome: 'skipped' as const } }
  return { ...batch, results, at: batch.at + 1 }
}

/** The answer on top of the stack, or null at the end. */
export const currentItem = (batch: Batch): ApprovalItem | null => batch.items[batch.at] ?? null

/** How many of each outcome, for the heading of the summary. */
export function tally(batch: Batch): Record<BatchResult['outcome'], number> {
  const counts = { approved: 0, returned: 0, skipped: 0, failed: 0 }
  for (const result of Object.values(batch.results)) counts[result.outcome]++
  return counts
}
