import type { ReactElement } from 'react'
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components'
import { Kbd } from './kbd.tsx'
import './tooltip.css'

interface HintProps {
  /** What is said on hover and on keyboard focus; nothing is shown when empty. */
  text: string | undefined
  kbd?: string
  placement?: 'top' | 'bottom' | 'left' | 'right'
  /** One focusable component of react-aria. */
  children: ReactElement
}

/** Explains its child on hover and focus. */
export function Hint({ text, kbd, placement = 'bottom', children }: HintProps) {
  if (!text) return children
  return (
    <TooltipTrigger delay={350} closeDelay={80}>
      {children}
      <AriaTooltip className="tooltip" placement={placement} offset={6}>
        {text}
        {kbd ? <Kbd keys={kbd} /> : null}
      </AriaTooltip>
    </TooltipTrigger>
  )
}
