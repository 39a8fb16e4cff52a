import { useTranslation } from 'react-i18next'
import type { ReportDetail } from '@shared/ipc/views.ts'
import { Banner } from '../../components/banner.tsx'
import { useFormat } from '../../components/format.ts'

/** Why this answer is written again: the supervisor's reason, a changed report, or one's own withdrawal. */
export function StartNote({ detail, replyId }: { detail: ReportDetail; replyId: string | null }) {
  const { t } = useTranslation('reply')
  const format = useFormat()
  const reply = detail.replies.find((r) => r.id === replyId)
  if (!reply) return null
  if (reply.state === 'returned')
    return (
      <Banner
        tone="warning"
        title={t('returned.title', {
          name: reply.approverName ?? '',
          at: format.dateTime(reply.decidedAt ?? reply.submittedAt),
        })}
      >
        <p className="reading">{reply.returnReason}</p>
      </Banner>
    )
  if (reply.state === 'voided')
    return (
      <Banner tone="warning" title={t('voided.title')}>
        <p>{t('voided.text')}</p>
      </Banner>
    )
  if (reply.state === 'withdrawn')
    return (
      <Banner title={t('withdrawn.title')}>
        <p>{t('withdrawn.text')}</p>
      </Banner>
    )
  return null
}
