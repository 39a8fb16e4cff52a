import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import './banner.css'

const ICONS = { info: Info, warning: TriangleAlert, error: CircleAlert, success: CircleCheck } as const

interface BannerProps {
  tone?: keyof typeof ICONS
  title: string
  children?: ReactNode
  /** A button beside the words. */
  action?: ReactNode
  /** Read aloud when it appears. */
  live?: boolean
}

/** A message that stays in place: what happened, what is safe, what to do. */
export function Banner({ tone = 'info', title, children, action, live }: BannerProps) {
  const Icon = ICONS[tone]
  return (
    <div className={`banner banner-${tone}`} role={live ? 'alert' : undefined}>
      <Icon size="1.3em" strokeWidth={1.75} aria-hidden />
      <div className="banner-words">
        <p className="banner-title">{title}</p>
        {children}
      </div>
      {action ? <div className="banner-action">{action}</div> : null}
    </div>
  )
}
