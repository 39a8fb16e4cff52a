import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Banner } from '../../../components/banner.tsx'
import { CheckboxGroup } from '../../../components/checkbox-group.tsx'
import { TextArea } from '../../../components/text-area.tsx'
import type { FormProps } from './form-props.ts'
import { FormShell } from './form-shell.tsx'

type Flag = 'anonymous' | 'confidential'
const FLAGS: readonly Flag[] = ['anonymous', 'confidential']

/** Sets privacy marks, or clears them (supervisor, with a reason, warned about who will see what). */
export function FlagsForm({ action, ...form }: FormProps & { action: 'set_flags' | 'clear_flags' }) {
  const { detail, act } = form
  const { t } = useTranslation('report')
  const clearing = action === 'clear_flags'
  const offered = FLAGS.filter((flag) => detail.state[flag] === clearing)
  const [chosen, setChosen] = useState<string[]>(offered.length === 1 ? [...offered] : [])
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const submit = () => {
    setTried(true)
    if (chosen.length === 0 || (clearing && !reason.trim())) return
    const has = (flag: Flag) => chosen.includes(flag)
    if (clearing)
      return act({
        action,
        payload: {
          reason,
          ...(has('anonymous') && { anonymous: false }),
          ...(has('confidential') && { confidential: false }),
        },
      })
    act({
      action,
      payload: {
        ...(has('anonymous') && { anonymous: true }),
        ...(has('confidential') && { confidential: true }),
      },
    })
  }
  return (
    <FormShell danger={clearing} form={form} action={action} onSubmit={submit}>
      <CheckboxGroup
        label={t(`action.${action}`)}
        options={offered.map((id) => ({ id, label: t(`form.${id}`) }))}
        value={chosen}
        onChange={setChosen}
        error={tried && chosen.length === 0 ? t('form.flagsRequired') : undefined}
      />
      {clearing ? (
        <>
          <Banner tone="warning" title={t('form.publishWarning')} />
          <TextArea
            label={t('form.reason')}
            value={reason}
            onChange={setReason}
            maxLength={2000}
            error={tried && !reason.trim() ? t('form.reasonRequired') : undefined}
          />
        </>
      ) : null}
    </FormShell>
  )
}
