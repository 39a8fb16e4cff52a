import type { LucideIcon } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import { Button as AriaButton, type PressEvent } from 'react-aria-components'
import { Kbd } from './kbd.tsx'
import { Hint } from './tooltip.tsx'
import './button.css'

export interface ButtonProps {
  children: ReactNode
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger'
  size?: 'normal' | 'small'
  icon?: LucideIcon
  /** Key that does the same, shown on the button, e.g. `V`. */
  kbd?: string
  /** Why it is not offered: the button stays focusable, does nothing and says this. */
  refusal?: string
  /** The act is under way: the button keeps its size and place. */
  busy?: boolean
  type?: 'button' | 'submit'
  onPress?: (event: PressEvent) => void
  autoFocus?: boolean
  slot?: string | null
  ref?: Ref<HTMLButtonElement>
  'aria-label'?: string
  'aria-expanded'?: boolean
}

/** A named action. Never greyed out without words: give `refusal`. */
export function Button(props: ButtonProps) {
  const {
    children,
    variant = 'secondary',
    size = 'normal',
    icon: Icon,
    kbd,
    refusal,
    busy,
    onPress,
    ...rest
  } = props
  const button = (
    <AriaButton
      {...rest}
      className={`button button-${variant} button-${size}`}
      aria-disabled={refusal ? 'true' : undefined}
      aria-keyshortcuts={kbd}
      isPending={busy}
      onPress={refusal ? undefined : onPress}
      type={refusal ? 'button' : (props.type ?? 'button')}
    >
      {Icon ? <Icon size="1.15em" strokeWidth={1.75} aria-hidden /> : null}
      <span className="button-label">{children}</span>
      {kbd ? <Kbd keys={kbd} /> : null}
    </AriaButton>
  )
  return <Hint text={refusal}>{button}</Hint>
}
