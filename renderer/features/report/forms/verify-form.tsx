import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ReportClass, Priority } from '@shared/domain/report.ts'
import { Checkbox } from '../../../components/checkbox.tsx'
import { RadioGroup } from '../../../components/radio-group.tsx'
import type { FormProps } from './form-props.ts'
import { FormShell } from './form-shell.tsx'

const CLASS_KEYS: Readonly<Record<ReportClass, string>> = {
  pengaduan: 'P',
  keluhan: 'K',
  aspirasi: 'A',
  informasi: 'I',
}
const PRIORITY_KEYS: Readonly<Record<Priority, string>> = { low: '1', normal: '2', high: '3', urgent: '4' }

/** Class and priority in one go: V, class letter, Enter. Also changes the class later (`classify`). */
export function VerifyForm({ action, ...form }: FormProps & { action: 'verify' | 'classify' }) {
  const { detail, act } = form
  const { t } = useTranslation(['report', 'common'])
  const [kind, setKind] = useState<ReportClass | null>(detail.state.class)
  const [oversight, setOversight] = useState(detail.state.oversight)
  const [priority, setPriority] = useState<Priority>(detail.state.priority)
  const [missing, setMissing] = useState(false)

  const onKey = (key: string) => {
    const chosen = ReportClass.options.find((name) => CLASS_KEYS[name].toLowerCase() === key)
    const level = Priority.options.find((name) => PRIORITY_KEYS[name] === key)
    if (chosen) setKind(chosen)
    if (level && action === 'verify') setPriority(level)
    return chosen ?? (action === 'verify' ? (level ?? null) : null)
  }
  const submit = () => {
    if (!kind) return setMissing(true)
    const classified = { class: kind, oversight: kind === 'pengaduan' && oversight }
    if (action === 'verify') act({ action, payload: { ...classified, priority } })
    else act({ action, payload: classified })
  }
  return (
    <FormShell form={form} action={action} onKey={onKey} onSubmit={submit}>
      <RadioGroup
        segmented
        autoFocus
        label={t('form.class')}
        value={kind}
        onChange={setKind}
        error={missing && !kind ? t('form.classRequired') : undefined}
        options={ReportClass.options.map((id) => ({
          id,
          label: t(`common:class.${id}`),
          kbd: CLASS_KEYS[id],
        }))}
      />
      {kind === 'pengaduan' ? (
        <Checkbox isSelected={oversight} onChange={setOversight}>
          {t('form.oversight')}
        </Checkbox>
      ) : null}
      {action === 'verify' ? (
        <RadioGroup
          segmented
          label={t('form.priority')}
          value={priority}
          onChange={setPriority}
          options={Priority.options.map((id) => ({
            id,
            label: t(`common:priority.${id}`),
            kbd: PRIORITY_KEYS[id],
          }))}
        />
      ) : null}
    </FormShell>
  )
}
