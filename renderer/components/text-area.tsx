import type { KeyboardEvent, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { FieldError, Label, Text, TextArea as AriaTextArea, TextField } from 'react-aria-components'
import './field.css'

interface TextAreaProps {
  label: string
  value: string
  onChange: (value: string) => void
  help?: string
  error?: string
  optional?: boolean
  rows?: number
  placeholder?: string
  autoFocus?: boolean
  maxLength?: number
  onKeyDown?: (event: KeyboardEvent) => void
  areaRef?: Ref<HTMLTextAreaElement>
}

/** Several lines of text; grows with what is written. */
export function TextArea(props: TextAreaProps) {
  const { label, help, error, optional, rows = 3, placeholder, onKeyDown, areaRef, ...rest } = props
  const { t } = useTranslation('common')
  return (
    <TextField {...rest} className="field" isInvalid={Boolean(error)} validationBehavior="aria">
      <Label className="field-label">
        {label}
        {optional ? <span className="field-note">{t('optional')}</span> : null}
      </Label>
      <AriaTextArea
        className="field-input"
        rows={rows}
        placeholder={placeholder}
        onKeyDown={onKeyDown}
        ref={areaRef}
      />
      {help ? (
        <Text slot="description" className="field-help">
          {help}
        </Text>
      ) : null}
      <FieldError className="field-error">{error}</FieldError>
    </TextField>
  )
}
