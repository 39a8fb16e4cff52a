import type { Output } from '@shared/ipc/contract.ts'
import type { ReportSummary } from '@shared/ipc/views.ts'

/** True counts of every view and facet. */
export type Counts = Output<'reports.counts'>

export type GroupName = 'late' | 'due_today' | 'running' | 'paused' | 'done'
/** What the virtual list shows: a heading or a report with its place among the reports. */
export type Line =
  | { kind: 'heading'; group: GroupName; count: number | null }
  | { kind: 'report'; row: ReportSummary; index: number }

const groupOf = (row: ReportSummary): GroupName => {
  const { status } = row.clock
  if (status === 'late' || status === 'due_today' || status === 'running' || status === 'paused')
    return status
  return 'done'
}

/** Reports with a heading wherever the urgency changes; `grouped` false gives the bare rows. */
export function linesOf(
  rows: readonly ReportSummary[],
  grouped: boolean,
  counts: Counts | undefined,
): Line[] {
  const lines: Line[] = []
  let last: GroupName | null = null
  rows.forEach((row, index) => {
    const group = groupOf(row)
    if (grouped && group !== last) lines.push({ kind: 'heading', group, count: countOf(group, counts) })
    last = group
    lines.push({ kind: 'report', row, index })
  })
  return lines
}

// Only counts that the core knows for the whole mirror are shown; a page's own count would be a guess.
function countOf(group: GroupName, counts: Counts | undefined): number | null {
  if (!counts) return null
  if (group === 'late' || group === 'due_today') return counts.views[group]
  return group === 'done' ? counts.views.closed : null
}
