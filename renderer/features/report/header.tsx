import { ArrowLeft, Copy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ReportDetail } from '@shared/ipc/views.ts'
import { PendingChip, PrivacyChips } from '../../components/chip.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { StateLabel } from '../../components/state-label.tsx'
import { useSay } from '../../components/toast.tsx'

/** Number, state and subject; they stay in sight while the rest scrolls. */
export function Header({ detail, onBack }: { detail: ReportDetail; onBack: () => void }) {
  const { t } = useTranslation(['report', 'common'])
  const { say } = useSay()
  const { report, state } = detail
  const copy = () => void navigator.clipboard?.writeText(report.number).then(() => say(t('copied')))
  return (
    <header className="report-header">
      <div className="report-line">
        <span className="report-back">
          <IconButton icon={ArrowLeft} label={t('backToList')} kbd="Escape" onPress={onBack} />
        </span>
        <span className="report-number">{report.number}</span>
        <IconButton icon={Copy} label={t('copyNumber', { number: report.number })} onPress={copy} />
        <StateLabel state={state.state} />
        <PrivacyChips anonymous={state.anonymous} confidential={state.confidential} />
        {detail.outbox.some((item) => item.state !== 'applied') ? <PendingChip /> : null}
      </div>
      <h2 id="report-subject" className="report-subject">
        {report.subject}
      </h2>
      <p className="report-meta">
        {[
          report.serviceName,
          report.district,
          state.class ? t(`common:class.${state.class}`) : t('unclassified'),
          detail.assigneeName ?? t('unassigned'),
        ]
          .filter(Boolean)
          .join(' · ')}
        {state.oversight ? ` · ${t('oversight')}` : ''}
      </p>
    </header>
  )
}
