import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Priority } from '@shared/domain/report.ts'
import { RadioGroup } from '../../../components/radio-group.tsx'
import type { FormProps } from './form-props.ts'
import { FormShell } from './form-shell.tsx'

/** P, a digit, Enter. */
export function PriorityForm({ detail, act, error, busy, onCancel }: FormProps) {
  const { t } = useTranslation(['report', 'common'])
  const [priority, setPriority] = useState<Priority>(detail.state.priority)
  const onKey = (key: string) => {
    const level = Priority.options[Number(key) - 1]
    if (level) setPriority(level)
    return level ?? null
  }
  return (
    <FormShell
      title={t('action.prioritise')}
      submitLabel={t('common:save')}
      error={error}
      busy={busy}
      onKey={onKey}
      onSubmit={() => act({ action: 'prioritise', payload: { priority } })}
      onCancel={onCancel}
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
