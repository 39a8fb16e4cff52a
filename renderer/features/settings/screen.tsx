import { useTranslation } from 'react-i18next'
import { useCall } from '../../bridge/use-call.ts'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { About } from './about.tsx'
import { DeviceInfo } from './device-info.tsx'
import { DisplaySettings } from './display-settings.tsx'
import { EnrolComputer } from './enrol-computer.tsx'
import { LetterProfileInfo } from './letter-profile-info.tsx'
import { PersonInfo } from './person-info.tsx'
import './settings.css'

/** Display first, because it is what people come for; the rest is read. */
export default function SettingsScreen() {
  const { t } = useTranslation('settings')
  const status = useCall('app.status', {})
  const preferences = useCall('app.preferences', {})
  const error = status.error ?? preferences.error
  return (
    // A page of facts holds little that takes focus: it scrolls by keyboard itself.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="page settings" tabIndex={0} role="group" aria-label={t('title')}>
      <PageHeader title={t('title')} />
      <div className="page-content settings-content">
        <ErrorBanner error={error} />
        {preferences.data ? (
          <DisplaySettings preferences={preferences.data} />
        ) : error ? null : (
          <Skeleton count={4} />
        )}
        {status.data ? (
          <>
            <PersonInfo status={status.data} />
            <DeviceInfo status={status.data} />
            <EnrolComputer status={status.data} />
            <LetterProfileInfo />
            <About version={status.data.version} />
          </>
        ) : null}
      </div>
    </div>
  )
}
