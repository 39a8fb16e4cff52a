import { FileX2 } from 'lucide-react'
import { useEffect, type ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { codeOf } from '../../bridge/call.ts'
import { useCall, useCommand } from '../../bridge/use-call.ts'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { ReportPage, type DispositionFormProps } from './report-page.tsx'
import './report.css'

interface PaneProps {
  reportId: string
  onBack: () => void
  /** Given from outside: features do not know one another. */
  dispositionForm: ComponentType<DispositionFormProps>
}

/** One report beside (or over) the list; opening it marks it read. */
export default function ReportPane({ reportId, onBack, dispositionForm }: PaneProps) {
  const { t } = useTranslation('report')
  const { data, error, refetch } = useCall('reports.get', { reportId })
  const { mutate: markRead } = useCommand('reports.markRead')
  useEffect(() => markRead({ reportId }), [reportId, markRead])

  if (data) return <ReportPage detail={data} onBack={onBack} dispositionForm={dispositionForm} />
  if (!error)
    return (
      <div className="report-waiting">
        <Skeleton count={5} />
      </div>
    )
  if (codeOf(error) === 'not_found')
    return (
      <EmptyState
        icon={FileX2}
        title={t('goneTitle')}
        action={<Button onPress={onBack}>{t('backToList')}</Button>}
      >
        {t('goneHint')}
      </EmptyState>
    )
  return (
    <div className="report-waiting">
      <ErrorBanner error={error} onRetry={() => void refetch()} />
    </div>
  )
}
