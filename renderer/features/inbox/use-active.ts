import { useState } from 'react'
import type { ReportSummary } from '@shared/ipc/views.ts'

/**
 * The active report of the list, held by id so that an update never moves it. When it leaves the list, the one that
 * took its place becomes active.
 */
export function useActive(rows: readonly ReportSummary[], openId: string | null) {
  const [wanted, setWanted] = useState<string | null>(openId)
  const [lastOpen, setLastOpen] = useState(openId)
  const [place, setPlace] = useState(0)
  if (openId !== lastOpen) {
    setLastOpen(openId)
    if (openId) setWanted(openId)
  }
  const found = rows.findIndex((row) => row.id === wanted)
  const index = Math.max(found >= 0 ? found : Math.min(place, rows.length - 1), 0)
  if (index !== place) setPlace(index)

  /** Moves by `step` rows and answers the id that is active then. */
  const move = (step: number): string | null => {
    const next = rows[Math.min(Math.max(index + step, 0), rows.length - 1)]
    if (next) setWanted(next.id)
    return next?.id ?? null
  }
  return { activeId: rows[index]?.id ?? null, setActive: setWanted, move }
}
