import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Priority } from '@shared/domain/report.ts'
import { RadioGroup } from '../../../components/radio-group.tsx'
import type { FormProps } from './form-props.ts'
import { FormShell } from './form-shell.tsx'

/** P, a digit, Enter. */
export function PriorityForm(form: FormProps) {
  const { detail, act } = form
  const { t } = useTranslation(['report', 'common'])
  const [priority, setPriority] = useState<Priority>(detail.state.priority)
  const onKey = (key: string) => {
    const level = Priority.options[Number(key) - 1]
    if (level) setPriority(level)
    return level ?? null
  }
  return (
    <FormShell
      form={form}
      action="prioritise"
      submitLabel={t('common:save')}
      onKey={onKey}
      onSubmit={() => act({ action: 'prioritise', payload: { priority } })}
    >
      <RadioGroup
        segmented
        autoFocus
        hideLabel
        label={t('form.priority')}
        value={priority}
        onChange={setPriority}
        options={Priority.options.map((id, index) => ({
          id,
          label: t(`common:priority.${id}`),
          kbd: String(index + 1),
        }))}
      />
    </FormShell>
  )
}
