import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextArea } from '../../../components/text-area.tsx'
import { TextField } from '../../../components/text-field.tsx'
import type { FormProps } from './form-props.ts'
import { FormShell } from './form-shell.tsx'

/** Pause and ask the citizen: a question they will see, and a reason for the clock's pause. */
export function AskForm(form: FormProps) {
  const { act } = form
  const { t } = useTranslation('report')
  const [question, setQuestion] = useState('')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const submit = () => {
    setTried(true)
    if (question.trim() && reason.trim()) act({ action: 'ask_citizen', payload: { question, reason } })
  }
  return (
    <FormShell form={form} action="ask_citizen" onSubmit={submit}>
      <TextArea
        autoFocus
        label={t('form.question')}
        help={t('form.questionHelp')}
        value={question}
        onChange={setQuestion}
        maxLength={2000}
        error={tried && !question.trim() ? t('form.questionRequired') : undefined}
      />
      <TextField
        label={t('form.pauseReason')}
        help={t('form.pauseHelp')}
        value={reason}
        onChange={setReason}
        maxLength={2000}
        error={tried && !reason.trim() ? t('form.reasonRequired') : undefined}
      />
    </FormShell>
  )
}
