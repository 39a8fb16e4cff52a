import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppStatus } from '@shared/ipc/views.ts'
import { useCall, useCommand } from '../../bridge/use-call.ts'
import { Button } from '../../components/button.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { useFormat } from '../../components/format.ts'
import { Select } from '../../components/select.tsx'
import { Facts, Section } from './section.tsx'

/** A one-time code for another computer; an operator chooses the agency, an admin's is their own. */
export function EnrolComputer({ status }: { status: AppStatus }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const roles = status.person?.roles ?? []
  const operator = roles.includes('operator')
  const allowed = operator || roles.includes('agency_admin')
  const agencies = useCall('agencies.list', {}, { enabled: operator })
  const [agencyId, setAgencyId] = useState('')
  const create = useCommand('setup.createEnrolmentCode')
  return (
    <Section title={t('enrol')} note={t('enrolText')}>
      {operator ? (
        <Select
          label={t('enrolAgency')}
          options={[
            { id: '', label: t('enrolOwnAgency') },
            ...(agencies.data ?? []).filter((one) => one.active).map(({ id, name }) => ({ id, label: name })),
          ]}
          value={agencyId}
          onChange={setAgencyId}
        />
      ) : null}
      <div className="row">
        <Button
          busy={create.isPending}
          refusal={allowed ? undefined : t('enrolNotAllowed')}
          onPress={() => create.mutate({ agencyId: agencyId || null })}
        >
          {t('enrolCreate')}
        </Button>
        <span className="small secondary">{allowed ? t('enrolNeedsLink') : t('enrolNotAllowed')}</span>
      </div>
      <ErrorBanner error={create.error} />
      {create.data ? (
        <div className="settings-code" role="status">
          <p className="settings-code-words">{create.data.code}</p>
          <Facts facts={[[t('enrolHub'), create.data.hubUrl]]} />
          <p className="small secondary">
            {t('enrolExpires', { at: format.dateTime(create.data.expiresAt) })} {t('enrolOnce')}
          </p>
        </div>
      ) : null}
    </Section>
  )
}
