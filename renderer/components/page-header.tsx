import type { ReactNode } from 'react'
import './page-header.css'

interface PageHeaderProps {
  title: string
  /** One quiet line under the title. */
  subtitle?: ReactNode
  actions?: ReactNode
  /** A back key, left of the title. */
  leading?: ReactNode
}

/** The head of a screen: its name, one line, its actions. */
export function PageHeader({ title, subtitle, actions, leading }: PageHeaderProps) {
  return (
    <header className="page-header">
      {leading}
      <div className="page-titles">
        <h1>{title}</h1>
        {subtitle ? <div className="page-subtitle">{subtitle}</div> : null}
      </div>
      {actions ? <div className="page-actions">{actions}</div> : null}
    </header>
  )
}
