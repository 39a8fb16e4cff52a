import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApprovalItem } from '@shared/ipc/views.ts'
import { diffCounts, wordDiff } from './word-diff.ts'

interface ChangesProps {
  previous: NonNullable<ApprovalItem['previous']>
  body: string
}

/** What changed word by word since the answer was returned, under the reason it was returned for. */
export function Changes({ previous, body }: ChangesProps) {
  const { t } = useTranslation('approval')
  const parts = useMemo(() => wordDiff(previous.body, body), [previous.body, body])
  const counts = diffCounts(parts)
  const changed = counts.added + counts.removed > 0
  return (
    <section className="approval-changes" aria-label={t('changes')}>
      <h3>{t('changes')}</h3>
      {previous.reason ? (
        <p className="approval-reason">{t('returnedBecause', { reason: previous.reason })}</p>
      ) : null}
      <p className="small secondary">{changed ? t('changesCount', counts) : t('changesNone')}</p>
      {changed ? (
        <p className="reading approval-diff">
          {parts.map((part, index) => {
            if (part.kind === 'added') return <ins key={index}>{part.text}</ins>
            if (part.kind === 'removed') return <del key={index}>{part.text}</del>
            return <span key={index}>{part.text}</span>
          })}
        </p>
      ) : null}
    </section>
  )
}
