import { useTranslation } from 'react-i18next'
import { useCall } from '../../bridge/use-call.ts'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { Tabs } from '../../components/tabs.tsx'
import { showHere, useLocation } from '../../navigation.ts'
import { Answers } from './answers.tsx'
import { Proposals } from './proposals.tsx'
import './approval.css'

/** The supervisor's queue: answers and proposals. Parameters: `tab`, `reply`, `report`. */
export default function ApprovalScreen() {
  const { t } = useTranslation('approval')
  const { params } = useLocation()
  const queue = useCall('replies.queue', {})
  const proposals = useCall('reports.proposals', {})
  const error = queue.error ?? proposals.error
  if (error)
    return (
      <div className="approval-error">
        <h1 className="visually-hidden">{t('title')}</h1>
        <ErrorBanner error={error} onRetry={() => void Promise.all([queue.refetch(), proposals.refetch()])} />
      </div>
    )
  if (!queue.data || !proposals.data) return <Skeleton shape="row" count={6} />
  return (
    <div className="approval-screen">
      <h1 className="visually-hidden">{t('title')}</h1>
      <Tabs
        label={t('title')}
        selected={params.tab === 'proposals' ? 'proposals' : 'answers'}
        onSelect={(tab) => showHere({ tab: tab === 'answers' ? '' : tab })}
        items={[
          {
            id: 'answers',
            label: t('answers'),
            count: queue.data.length,
            content: <Answers queue={queue.data} />,
          },
          {
            id: 'proposals',
            label: t('proposals'),
            count: proposals.data.length,
            content: <Proposals proposals={proposals.data} />,
          },
        ]}
      />
    </div>
  )
}
