import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IsoDate } from '@shared/domain/ids.ts'
import { TextArea } from '../../../components/text-area.tsx'
import { TextField } from '../../../components/text-field.tsx'
import type { FormProps } from './form-props.ts'
import { FormShell } from './form-shell.tsx'

/** The real answer comes later: when to look again, and why. */
export function ScheduleForm(form: FormProps) {
  const { act } = form
  const { t } = useTranslation('report')
  const [reviewOn, setReviewOn] = useState('')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const dated = IsoDate.safeParse(reviewOn).success
  const submit = () => {
    setTried(true)
    if (dated && reason.trim()) act({ action: 'schedule', payload: { reviewOn, reason } })
  }
  return (
    <FormShell form={form} action="schedule" onSubmit={submit}>
      <TextField
        autoFocus
        type="date"
        label={t('form.reviewOn')}
        help={t('form.scheduleHelp')}
        value={reviewOn}
        onChange={setReviewOn}
        error={tried && !dated ? t('form.reviewRequired') : undefined}
      />
      <TextArea
        label={t('form.reason')}
        value={reason}
        onChange={setReason}
        maxLength={2000}
        error={tried && !reason.trim() ? t('form.reasonRequired') : undefined}
      />
    </FormShell>
  )
}
