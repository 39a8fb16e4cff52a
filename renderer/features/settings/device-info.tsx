import { useTranslation } from 'react-i18next'
import type { AppStatus } from '@shared/ipc/views.ts'
import { useCall } from '../../bridge/use-call.ts'
import { useFormat } from '../../components/format.ts'
import { Facts, Section } from './section.tsx'

/** This computer, its agency and its hub. */
export function DeviceInfo({ status }: { status: AppStatus }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const sync = useCall('sync.status', {})
  const none = t('none')
  const synced = sync.data?.lastSyncedAt
  return (
    <Section title={t('device')} note={status.practice ? t('practice') : undefined}>
      <Facts
        facts={[
          [t('agency'), status.agency?.name ?? none],
          [t('deviceName'), status.deviceName ?? none],
          [t('deviceCode'), status.deviceCode ?? none],
          [t('hub'), status.hubUrl ?? none],
          [t('lastSync'), synced ? format.dateTime(synced) : t('never')],
          [t('zone'), status.zoneLabel],
        ]}
      />
    </Section>
  )
}
