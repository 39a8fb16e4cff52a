import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { FieldError, Input, Label, Text, TextField as AriaTextField } from 'react-aria-components'
import './field.css'

export interface TextFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  help?: string
  /** What is wrong with the value, in words; empty or undefined when it is right. */
  error?: string
  /** Says "boleh kosong" beside the label. */
  optional?: boolean
  type?: 'text' | 'password' | 'url' | 'search' | 'date'
  placeholder?: string
  autoFocus?: boolean
  maxLength?: number
  autoComplete?: string
  inputRef?: Ref<HTMLInputElement>
}

/** One line of text with its label, help and error. */
export function TextField(props: TextFieldProps) {
  const { label, help, error, optional, placeholder, inputRef, ...rest } = props
  const { t } = useTranslation('common')
  return (
    <AriaTextField {...rest} className="field" isInvalid={Boolean(error)} validationBehavior="aria">
      <Label className="field-label">
        {label}
        {optional ? <span className="field-note">{t('optional')}</span> : null}
      </Label>
      <Input className="field-input" placeholder={placeholder} ref={inputRef} spellCheck={false} />
      {help ? (
        <Text slot="description" className="field-help">
          {help}
        </Text>
      ) : null}
      <FieldError className="field-error">{error}</FieldError>
    </AriaTextField>
  )
}
