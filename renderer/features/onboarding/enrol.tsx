import { ArrowLeft } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorCode } from '@shared/ipc/errors.ts'
import { useCommand } from '../../bridge/use-call.ts'
import { Button } from '../../components/button.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { TextField } from '../../components/text-field.tsx'

const ABOUT_ADDRESS: readonly ErrorCode[] = ['bad_address', 'not_a_hub', 'wrong_hub']
const ABOUT_CODE: readonly ErrorCode[] = ['code_unknown', 'code_used', 'code_expired']

/** Hub address, one-time code and a name for this PC; a refusal is shown beside the field it concerns. */
export function Enrol({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation(['onboarding', 'errors', 'common'])
  const [hubUrl, setHubUrl] = useState('https://')
  const [code, setCode] = useState('')
  const [deviceName, setDeviceName] = useState('')
  const [tried, setTried] = useState(false)
  const enrol = useCommand('setup.enrol')
  const refused = enrol.error?.code
  const beside = (codes: readonly ErrorCode[]) =>
    refused && codes.includes(refused)
      ? `${t(`errors:${refused}.what`)} ${t(`errors:${refused}.todo`)} ${t('common:codeToQuote', { code: refused })}`
      : undefined
  const isBeside = refused && [...ABOUT_ADDRESS, ...ABOUT_CODE].includes(refused)
  const noAddress = hubUrl.trim().replace(/^https?:\/\/$/, '') === ''

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (noAddress || !code.trim() || !deviceName.trim()) return
    enrol.mutate({ hubUrl: hubUrl.trim(), code: code.trim().toUpperCase(), deviceName: deviceName.trim() })
  }
  return (
    <form className="stack" noValidate onSubmit={submit}>
      <div className="row">
        <IconButton icon={ArrowLeft} label={t('common:back')} onPress={onBack} />
        <h1>{t('enrolTitle')}</h1>
      </div>
      <TextField
        autoFocus
        type="url"
        label={t('address')}
        help={t('addressHelp')}
        value={hubUrl}
        onChange={setHubUrl}
        maxLength={300}
        error={tried && noAddress ? t('addressRequired') : beside(ABOUT_ADDRESS)}
      />
      <TextField
        label={t('code')}
        help={t('codeHelp')}
        value={code}
        onChange={setCode}
        maxLength={40}
        autoComplete="off"
        error={tried && !code.trim() ? t('codeRequired') : beside(ABOUT_CODE)}
      />
      <TextField
        label={t('deviceName')}
        help={t('deviceHelp')}
        value={deviceName}
        onChange={setDeviceName}
        maxLength={80}
        error={tried && !deviceName.trim() ? t('deviceRequired') : undefined}
      />
      {isBeside ? null : <ErrorBanner error={enrol.error} />}
      <div className="row">
        <Button type="submit" variant="primary" busy={enrol.isPending}>
          {enrol.isPending ? t('enrolling') : t('enrol')}
        </Button>
      </div>
    </form>
  )
}
