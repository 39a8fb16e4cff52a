import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../bridge/call.ts'
import { TextField } from '../../../components/text-field.tsx'
import type { FormProps } from './form-props.ts'
import { FormShell } from './form-shell.tsx'

/** A duplicate follows its lead, named by number. */
export function GroupForm(form: FormProps) {
  const { detail, act } = form
  const { t } = useTranslation('report')
  const [number, setNumber] = useState('')
  const [problem, setProblem] = useState<'leadUnknown' | 'leadSelf' | 'leadRequired' | null>(null)
  const submit = async () => {
    const q = number.trim()
    if (!q) return setProblem('leadRequired')
    const found = await call('reports.find', { q: q.slice(0, 100) }).catch(() => ({ reportId: null }))
    if (!found.reportId) return setProblem('leadUnknown')
    if (found.reportId === detail.report.id) return setProblem('leadSelf')
    act({ action: 'group', payload: { leadId: found.reportId } })
  }
  return (
    <FormShell form={form} action="group" onSubmit={() => void submit()}>
      <TextField
        autoFocus
        label={t('form.lead')}
        help={t('form.leadHelp')}
        value={number}
        onChange={(next) => {
          setNumber(next)
          setProblem(null)
        }}
        placeholder={detail.report.number.replace(/\d+$/, (digits) => '0'.repeat(digits.length))}
        maxLength={40}
        error={problem ? t(`form.${problem}`) : undefined}
      />
    </FormShell>
  )
}
