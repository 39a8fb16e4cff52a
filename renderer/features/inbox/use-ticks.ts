import {
  createColumnHelper,
  rowSelectionFeature,
  tableFeatures,
  useTable,
  type RowSelectionState,
} from '@tanstack/react-table'
import { useCallback } from 'react'
import type { ReportSummary } from '@shared/ipc/views.ts'

const features = tableFeatures({ rowSelectionFeature })
const helper = createColumnHelper<typeof features, ReportSummary>()
const columns = helper.columns([helper.accessor('subject', { header: 'subject' })])
const idOf = (row: ReportSummary) => row.id

/** Ticked reports, kept by id through every refresh of the rows. */
export function useTicks(rows: ReportSummary[]) {
  const table = useTable({ features, columns, data: rows, getRowId: idOf })
  const ticks = table.state.rowSelection
  const toggle = useCallback((id: string) => table.setRowSelection((old) => withToggled(old, id)), [table])
  return {
    ids: Object.keys(ticks).filter((id) => ticks[id]),
    isTicked: (id: string) => ticks[id] === true,
    toggle,
    /** Keeps only these ticked. */
    keep: (ids: readonly string[]) => table.setRowSelection(Object.fromEntries(ids.map((id) => [id, true]))),
    clear: () => table.resetRowSelection(true),
  }
}

function withToggled(ticks: RowSelectionState, id: string): RowSelectionState {
  const { [id]: was, ...others } = ticks
  return was ? others : { ...others, [id]: true }
}
