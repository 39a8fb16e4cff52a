import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../../bridge/use-call.ts'
import { RadioGroup } from '../../../components/radio-group.tsx'
import { TextArea } from '../../../components/text-area.tsx'
import type { FormProps } from './form-props.ts'
import { FormShell } from './form-shell.tsx'

const OTHER = 'other'

/** Not actionable: a reason from the office's list, or one's own. A supervisor decides. */
export function ArchiveForm(form: FormProps) {
  const { act } = form
  const { t } = useTranslation('report')
  const { data: lists } = useCall('office.lists', {})
  const [choice, setChoice] = useState<string | null>(null)
  const [own, setOwn] = useState('')
  const [tried, setTried] = useState(false)
  const reasons = lists?.archiveReasons ?? []
  const reason = choice === OTHER ? own.trim() : (reasons[Number(choice)] ?? '')
  const submit = () => {
    setTried(true)
    if (choice !== null && reason) act({ action: 'propose_archive', payload: { reason } })
  }
  return (
    <FormShell form={form} action="propose_archive" onSubmit={submit}>
      <RadioGroup
        autoFocus
        label={t('form.archiveReason')}
        value={choice}
        onChange={setChoice}
        options={[
          ...reasons.map((label, index) => ({ id: String(index), label })),
          { id: OTHER, label: t('form.otherReason') },
        ]}
        error={tried && choice === null ? t('form.reasonRequired') : undefined}
      />
      {choice === OTHER ? (
        <TextArea
          autoFocus
          label={t('form.reason')}
          value={own}
          onChange={setOwn}
          maxLength={2000}
          error={tried && !own.trim() ? t('form.reasonRequired') : undefined}
        />
      ) : null}
    </FormShell>
  )
}
