import { useTranslation } from 'react-i18next'
import type { SyncStatus } from '@shared/ipc/views.ts'
import { useCall } from '../../bridge/use-call.ts'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { Tabs } from '../../components/tabs.tsx'
import { showHere, useLocation } from '../../navigation.ts'
import { DayCost, FilesWaiting } from './cost-line.tsx'
import { Integrity } from './integrity.tsx'
import { Ledger } from './ledger-list.tsx'
import { LinkLog } from './link-log.tsx'
import { Outages } from './outages.tsx'
import { SyncHeader } from './sync-header.tsx'
import './sync-center.css'

/** The ledger of everything this computer owes the hub. Parameter: `tab` ledger | link | integrity. */
export default function SyncCenterScreen() {
  const { t } = useTranslation('sync-center')
  const { params } = useLocation()
  const status = useCall('sync.status', {})
  const tab = params.tab === 'link' || params.tab === 'integrity' ? params.tab : 'ledger'
  if (status.error)
    return (
      <div className="sync-error">
        <h1 className="visually-hidden">{t('title')}</h1>
        <ErrorBanner error={status.error} onRetry={() => void status.refetch()} />
      </div>
    )
  if (!status.data) return <Skeleton shape="row" count={5} />
  return (
    <div className="sync-screen">
      <SyncHeader status={status.data} />
      <FilesWaiting bytes={status.data.bytes} />
      <Tabs
        label={t('title')}
        selected={tab}
        onSelect={(next) => showHere({ tab: next === 'ledger' ? '' : next })}
        items={[
          {
            id: 'ledger',
            label: t('ledger'),
            count: status.data.queued + status.data.needsPerson,
            content: <Ledger />,
          },
          { id: 'link', label: t('link'), content: <Link bytes={status.data.bytes} /> },
          { id: 'integrity', label: t('integrity'), content: <Integrity status={status.data} /> },
        ]}
      />
    </div>
  )
}

/** What the link did and cost. */
function Link({ bytes }: { bytes: SyncStatus['bytes'] }) {
  return (
    <div className="link-tab">
      <Outages />
      <DayCost bytes={bytes} />
      <LinkLog />
    </div>
  )
}
