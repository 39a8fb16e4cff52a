import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import './empty-state.css'

interface EmptyStateProps {
  icon?: LucideIcon
  title: string
  /** Teaches one next step. */
  children?: ReactNode
  action?: ReactNode
}

/** What is said where nothing is. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="empty-state">
      {Icon ? <Icon size="1.75rem" strokeWidth={1.4} aria-hidden /> : null}
      <h2>{title}</h2>
      {children ? <div className="empty-words">{children}</div> : null}
      {action}
    </div>
  )
}
