import { MailQuestion } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { codeOf } from '../../bridge/call.ts'
import { useCall } from '../../bridge/use-call.ts'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { go, useLocation } from '../../navigation.ts'
import { ReplyDesk } from './reply-desk.tsx'
import './reply.css'

/** Answering one report. Parameters: `report`, and `kind`, `reply`, `draft` where the caller knows them. */
export default function ReplyScreen() {
  const { t } = useTranslation('reply')
  const { params } = useLocation()
  const reportId = params.report ?? ''
  const detail = useCall('reports.get', { reportId }, { enabled: reportId !== '' })
  const status = useCall('app.status', {})
  const toInbox = (
    <Button variant="primary" onPress={() => go('inbox')}>
      {t('toInbox')}
    </Button>
  )
  if (!reportId)
    return (
      <div className="reply-nothing">
        <h1 className="visually-hidden">{t('title')}</h1>
        <EmptyState icon={MailQuestion} title={t('pickReport')} action={toInbox} />
      </div>
    )
  if (detail.error) {
    if (codeOf(detail.error) === 'not_found')
      return (
        <div className="reply-nothing">
          <h1 className="visually-hidden">{t('title')}</h1>
          <EmptyState icon={MailQuestion} title={t('loadFailed')} action={toInbox}>
            <p>{t('notFound')}</p>
          </EmptyState>
        </div>
      )
    return (
      <div className="page page-content reply-error">
        <h1 className="visually-hidden">{t('title')}</h1>
        <ErrorBanner error={detail.error} onRetry={() => void detail.refetch()} />
      </div>
    )
  }
  if (!detail.data || !status.data?.person) return <ReplySkeleton />
  const wanted = { kind: params.kind ?? '', reply: params.reply ?? '', draft: params.draft ?? '' }
  return (
    <ReplyDesk
      key={reportId}
      detail={detail.data}
      fresh={!detail.isFetching}
      status={status.data}
      person={status.data.person}
      wanted={wanted}
    />
  )
}

function ReplySkeleton() {
  return (
    <div className="reply-columns">
      <div className="reply-citizen">
        <Skeleton count={4} />
      </div>
      <div className="reply-writing">
        <Skeleton count={6} />
      </div>
    </div>
  )
}
