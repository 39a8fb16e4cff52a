import { MapPin } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ReportDetail } from '@shared/ipc/views.ts'
import { AttachmentList } from '../../components/attachment-list.tsx'
import { useFormat } from '../../components/format.ts'

/** The citizen's words and photos, as they came in, with what was added since. */
export function CitizenWords({ detail }: { detail: ReportDetail }) {
  const { t } = useTranslation('reply')
  const format = useFormat()
  const { report, state, entries } = detail
  const who = state.anonymous
    ? t('reporterHidden')
    : report.reporter
      ? t('reportedBy', { name: report.reporter.name })
      : t('reporterUnknown')
  const added = entries.filter((entry) => entry.kind === 'citizen' && entry.action === 'citizen_message')
  return (
    // A long text scrolls by keyboard only where the region itself takes focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="reply-citizen" aria-label={t('citizenWords')} tabIndex={0}>
      <h2>{t('citizenWords')}</h2>
      <p className="small secondary">
        {who} · {t('reportedAt', { at: format.dateTime(report.requestedAt) })}
      </p>
      <p className="reading">{report.body}</p>
      <p className="small secondary reply-place">
        <MapPin size="1.15em" strokeWidth={1.75} aria-hidden />
        {[report.serviceName, report.address, report.district].filter(Boolean).join(' · ')}
      </p>
      {report.attachments.length ? (
        <AttachmentList attachments={report.attachments} large label={t('attachments')} />
      ) : (
        <p className="small secondary">{t('noPhotos')}</p>
      )}
      {added.map((entry) => (
        <div key={entry.id} className="reply-added">
          <h3>{t('citizenAdded', { at: format.dateTime(entry.at) })}</h3>
          <p className="reading">{entry.text}</p>
        </div>
      ))}
    </section>
  )
}
