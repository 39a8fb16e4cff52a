import { Check, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import { Checkbox as AriaCheckbox } from 'react-aria-components'
import './choice.css'

interface CheckboxProps {
  children?: ReactNode
  isSelected?: boolean
  isIndeterminate?: boolean
  isDisabled?: boolean
  onChange?: (selected: boolean) => void
  value?: string
  'aria-label'?: string
}

/** A choice of its own. */
export function Checkbox({ children, ...rest }: CheckboxProps) {
  return (
    <AriaCheckbox {...rest} className="choice">
      {({ isIndeterminate }) => (
        <>
          <span className="choice-box" aria-hidden>
            {isIndeterminate ? (
              <Minus size="0.9em" strokeWidth={3} />
            ) : (
              <Check size="0.9em" strokeWidth={3} />
            )}
          </span>
          {children ? <span>{children}</span> : null}
        </>
      )}
    </AriaCheckbox>
  )
}
