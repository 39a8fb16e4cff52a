import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../../components/button.tsx'

interface LedgerLineProps {
  /** What it is, in one to three lines. */
  what: ReactNode
  icon: LucideIcon
  /** How it stands, in words beside the sign. */
  state: string
  /** Since when, or what follows. */
  since?: string
  act: { label: string; onPress: () => void }
}

/** A line of the ledger that is not an act on its way: what, how it stands, and the one thing to do. */
export function LedgerLine({ what, icon: Icon, state, since, act }: LedgerLineProps) {
  return (
    <li className="ledger-item">
      <div className="ledger-what">{what}</div>
      <div className="ledger-state">
        <span className="ledger-sign">
          <Icon size="1.15em" strokeWidth={1.75} aria-hidden />
          {state}
        </span>
        {since ? <span className="ledger-quiet">{since}</span> : null}
      </div>
      <div className="row ledger-actions">
        <Button size="small" onPress={act.onPress}>
          {act.label}
        </Button>
      </div>
    </li>
  )
}
