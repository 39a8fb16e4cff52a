import type { LucideIcon } from 'lucide-react'
import type { Ref } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { Hint } from './tooltip.tsx'
import './button.css'

interface IconButtonProps {
  icon: LucideIcon
  /** The name of the action: read aloud and shown on hover. */
  label: string
  kbd?: string
  onPress?: () => void
  slot?: string | null
  ref?: Ref<HTMLButtonElement>
}

/** An action known by its picture, always with a name. */
export function IconButton({ icon: Icon, label, kbd, ...rest }: IconButtonProps) {
  return (
    <Hint text={label} kbd={kbd}>
      <AriaButton {...rest} className="icon-button" aria-label={label} aria-keyshortcuts={kbd}>
        <Icon size="1.2em" strokeWidth={1.75} aria-hidden />
      </AriaButton>
    </Hint>
  )
}
