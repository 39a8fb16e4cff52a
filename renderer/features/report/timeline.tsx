import { useTranslation } from 'react-i18next'
import type { Entry } from '@shared/domain/report.ts'
import { Time } from '../../components/time.tsx'
import { useHappened } from './happened.ts'

/** Everything that happened, newest first; who may see each line is said in words and shape. */
export function Timeline({ entries }: { entries: readonly Entry[] }) {
  const { t } = useTranslation('report')
  return (
    <section aria-labelledby="history-title">
      <div className="section-head">
        <h3 id="history-title">{t('history')}</h3>
      </div>
      {entries.length === 0 ? <p className="secondary">{t('noHistory')}</p> : null}
      <ol className="timeline">
        {entries
          .toSorted((a, b) => b.at - a.at)
          .map((entry) => (
            <Line key={entry.id} entry={entry} />
          ))}
      </ol>
    </section>
  )
}

function Line({ entry }: { entry: Entry }) {
  const { t } = useTranslation('report')
  const happened = useHappened()(entry.action)
  return (
    <li className={`entry entry-${entry.kind}`}>
      <span className="entry-kind" title={t(`kindMeaning.${entry.kind}`)}>
        {t(`kind.${entry.kind}`)}
      </span>
      <div className="entry-words">
        <p className="entry-head">
          <span>{entry.actorName ? `${entry.actorName}: ${happened}` : happened}</span>{' '}
          <span className="secondary small">
            <Time at={entry.at} />
          </span>
        </p>
        {entry.text ? <p className="reading">{entry.text}</p> : null}
      </div>
    </li>
  )
}
