import { CircleCheck, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Finding } from '@shared/ipc/views.ts'

/** Findings of the privacy check with the exact words, or that there are none. */
export function FindingsNote({ findings, body }: { findings: readonly Finding[]; body: string }) {
  const { t } = useTranslation(['approval', 'reply'])
  if (!findings.length)
    return (
      <p className="row small approval-clean">
        <CircleCheck size="1.15em" strokeWidth={1.75} aria-hidden />
        {t('findingsNone')}
      </p>
    )
  return (
    <section className="approval-findings" aria-label={t('findings', { count: findings.length })}>
      <h3 className="row">
        <TriangleAlert size="1.15em" strokeWidth={1.75} aria-hidden />
        {t('findings', { count: findings.length })}
      </h3>
      <ul>
        {findings.map((finding) => (
          <li key={`${finding.code}-${finding.start}`}>
            <strong>{t(`reply:finding.${finding.code}`)}</strong>{' '}
            <mark>{body.slice(finding.start, finding.end)}</mark>{' '}
            <span className="secondary">{t(`reply:findingWhy.${finding.code}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
