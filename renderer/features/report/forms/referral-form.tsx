import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../../bridge/use-call.ts'
import { Select } from '../../../components/select.tsx'
import { TextArea } from '../../../components/text-area.tsx'
import type { FormProps } from './form-props.ts'
import { FormShell } from './form-shell.tsx'

const NOBODY = '-'

/** Not ours: which agency owns it, and why. A supervisor decides. `route` is the operator's direct way. */
export function ReferralForm({ action, ...form }: FormProps & { action: 'propose_referral' | 'route' }) {
  const { detail, act } = form
  const { t } = useTranslation('report')
  const { data: agencies = [] } = useCall('agencies.list', {})
  const [agency, setAgency] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const others = agencies
    .filter((one) => one.active && one.id !== detail.report.agencyId)
    .map((one) => ({ id: one.id, label: one.shortName, detail: one.name }))
  const submit = () => {
    setTried(true)
    if (!agency) return
    if (action === 'route') return act({ action, payload: { agencyId: agency } })
    if (reason.trim()) act({ action, payload: { agencyId: agency === NOBODY ? null : agency, reason } })
  }
  return (
    <FormShell form={form} action={action} onSubmit={submit}>
      <Select
        autoFocus
        label={t('form.agency')}
        value={agency}
        onChange={setAgency}
        options={action === 'route' ? others : [...others, { id: NOBODY, label: t('form.noAgency') }]}
        error={tried && !agency ? t('form.agencyRequired') : undefined}
      />
      {action === 'route' ? null : (
        <TextArea
          label={t('form.reason')}
          value={reason}
          onChange={setReason}
          maxLength={2000}
          error={tried && !reason.trim() ? t('form.reasonRequired') : undefined}
        />
      )}
    </FormShell>
  )
}
