import { Check, ChevronDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import {
  Button,
  FieldError,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
} from 'react-aria-components'
import './field.css'
import './menu.css'

export interface Option {
  id: string
  label: string
  /** A second line, e.g. a position. */
  detail?: string
}

interface SelectProps {
  label: string
  options: readonly Option[]
  value: string | null
  onChange: (id: string) => void
  placeholder?: string
  error?: string
  hideLabel?: boolean
  autoFocus?: boolean
}

/** Choose one of a short list. */
export function Select({
  label,
  options,
  value,
  onChange,
  placeholder,
  error,
  hideLabel,
  autoFocus,
}: SelectProps) {
  const { t } = useTranslation('common')
  return (
    <AriaSelect
      className="field"
      value={value}
      onChange={(key) => onChange(String(key))}
      placeholder={placeholder ?? t('choose')}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      autoFocus={autoFocus}
      aria-label={hideLabel ? label : undefined}
    >
      {hideLabel ? null : <Label className="field-label">{label}</Label>}
      <Button className="field-input select-button">
        <SelectValue className="select-value">
          {({ selectedText, defaultChildren }) => selectedText || defaultChildren}
        </SelectValue>
        <ChevronDown size="1.1em" aria-hidden />
      </Button>
      <FieldError className="field-error">{error}</FieldError>
      <Popover className="popover" offset={4}>
        <ListBox className="menu" items={options.map((option) => ({ ...option }))}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className="menu-item">
              {({ isSelected }) => (
                <>
                  <span className="menu-text">
                    {option.label}
                    {option.detail ? <span className="menu-detail">{option.detail}</span> : null}
                  </span>
                  {isSelected ? <Check size="1.1em" aria-hidden /> : null}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
