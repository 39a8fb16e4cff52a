import type { ReactNode } from 'react'
import { FieldError, Label, Radio, RadioGroup as AriaRadioGroup } from 'react-aria-components'
import { Kbd } from './kbd.tsx'
import './choice.css'
import './field.css'

export interface RadioOption<T extends string> {
  id: T
  label: string
  detail?: ReactNode
  kbd?: string
}

interface RadioGroupProps<T extends string> {
  label: string
  options: readonly RadioOption<T>[]
  value: T | null
  onChange: (value: T) => void
  /** Side by side as one bar instead of a list. */
  segmented?: boolean
  error?: string
  hideLabel?: boolean
  autoFocus?: boolean
}

/** Exactly one of a few choices, all of them visible. */
export function RadioGroup<T extends string>(props: RadioGroupProps<T>) {
  const { label, options, value, onChange, segmented, error, hideLabel } = props
  return (
    <AriaRadioGroup
      className="field"
      value={value}
      onChange={(next) => onChange(next as T)}
      orientation={segmented ? 'horizontal' : 'vertical'}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      aria-label={hideLabel ? label : undefined}
    >
      {hideLabel ? null : <Label className="field-label">{label}</Label>}
      <div className={segmented ? 'segments' : 'choice-list'}>
        {options.map((option, index) => (
          <Radio
            key={option.id}
            value={option.id}
            autoFocus={props.autoFocus && (value ? value === option.id : index === 0)}
            className={segmented ? 'segment' : 'choice choice-radio'}
          >
            {segmented ? null : <span className="choice-box" aria-hidden />}
            <span>
              {option.label}
              {option.detail ? <span className="choice-detail">{option.detail}</span> : null}
            </span>
            {option.kbd ? <Kbd keys={option.kbd} /> : null}
          </Radio>
        ))}
      </div>
      <FieldError className="field-error">{error}</FieldError>
    </AriaRadioGroup>
  )
}
