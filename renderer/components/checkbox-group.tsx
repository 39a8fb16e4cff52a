import { CheckboxGroup as AriaCheckboxGroup, FieldError, Label } from 'react-aria-components'
import { Checkbox } from './checkbox.tsx'
import type { Option } from './select.tsx'
import './field.css'

interface CheckboxGroupProps {
  label: string
  options: readonly Option[]
  value: readonly string[]
  onChange: (value: string[]) => void
  error?: string
  columns?: boolean
}

/** Any number of choices that belong together. */
export function CheckboxGroup({ label, options, value, onChange, error, columns }: CheckboxGroupProps) {
  return (
    <AriaCheckboxGroup
      className="field"
      value={[...value]}
      onChange={onChange}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
    >
      <Label className="field-label">{label}</Label>
      <div className={columns ? 'choice-columns' : 'choice-list'}>
        {options.map((option) => (
          <Checkbox key={option.id} value={option.id}>
            {option.label}
            {option.detail ? <span className="choice-detail">{option.detail}</span> : null}
          </Checkbox>
        ))}
      </div>
      <FieldError className="field-error">{error}</FieldError>
    </AriaCheckboxGroup>
  )
}
