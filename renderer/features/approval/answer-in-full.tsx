import { useTranslation } from 'react-i18next'
import type { ApprovalItem } from '@shared/ipc/views.ts'
import { useCall } from '../../bridge/use-call.ts'
import { AttachmentList } from '../../components/attachment-list.tsx'
import { PendingChip, PrivacyChips } from '../../components/chip.tsx'
import { CitizenView } from '../../components/citizen-view.tsx'
import { ClockLabel } from '../../components/clock-label.tsx'
import { useFormat } from '../../components/format.ts'
import { Changes } from './changes.tsx'
import { FindingsNote } from './findings-note.tsx'
import { markRanges } from './mark-ranges.ts'

/** What was reported, what changed since last time, and exactly what will be published. */
export function AnswerInFull({ item }: { item: ApprovalItem }) {
  const { t } = useTranslation(['approval', 'reply', 'common'])
  const format = useFormat()
  const status = useCall('app.status', {})
  const { report, reply } = item
  const who = report.anonymous
    ? t('reply:reporterHidden')
    : report.reporterName
      ? t('reply:reportedBy', { name: report.reporterName })
      : t('reply:reporterUnknown')
  return (
    // The only scrolling part of the page: it must take the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="approval-scroll" tabIndex={0} role="group" aria-label={report.number}>
      <header className="approval-head">
        <h2>{report.subject}</h2>
        <p className="row small">
          <span>{report.number}</span>
          <PrivacyChips anonymous={report.anonymous} confidential={report.confidential} />
          <ClockLabel
            clock={item.clock}
            name={t(`common:clock.${reply.kind === 'final' ? 'settlement' : 'response'}`)}
          />
        </p>
        <p className="row small secondary">
          <span>
            {t(`common:replyKind.${reply.kind}`)} ·{' '}
            {t('by', { name: reply.authorName, at: format.dateTime(reply.submittedAt) })}
            {reply.revision > 1 ? ` · ${t('revision', { n: reply.revision })}` : ''}
          </span>
          {reply.pending ? <PendingChip /> : null}
        </p>
      </header>
      <div className="approval-columns">
        <section className="approval-citizen" aria-label={t('citizenWords')}>
          <h3>{t('citizenWords')}</h3>
          <p className="small secondary">
            {who} · {t('reply:reportedAt', { at: format.dateTime(report.requestedAt) })}
          </p>
          <p className="reading">{report.body}</p>
          <p className="small secondary">
            {[report.serviceName, report.district].filter(Boolean).join(' · ')}
          </p>
          {report.attachments.length ? (
            <AttachmentList attachments={report.attachments} large label={t('reply:attachments')} />
          ) : null}
        </section>
        <div className="approval-answer">
          {item.previous ? <Changes previous={item.previous} body={reply.body} /> : null}
          <FindingsNote findings={item.findings} body={reply.body} />
          <CitizenView
            kind={reply.kind}
            reportNumber={report.number}
            agencyName={status.data?.agency?.name ?? ''}
            attachments={reply.attachments}
            anonymous={report.anonymous}
            confidential={report.confidential}
          >
            {markRanges(reply.body, item.findings).map((part, index) =>
              part.marked ? <mark key={index}>{part.text}</mark> : part.text,
            )}
          </CitizenView>
        </div>
      </div>
    </div>
  )
}
