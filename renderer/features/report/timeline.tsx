import { useTranslation } from 'react-i18next'
import type { Person } from '@shared/domain/person.ts'
import type { Entry } from '@shared/domain/report.ts'
import { usePeople } from '../../components/person-name.tsx'
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
  const person = usePeople().byId(entry.actorId)
  const kind = kindOf(entry, person)
  const name = entry.actorName ?? person?.name
  return (
    <li className={`entry entry-${entry.kind}`}>
      <span className="entry-kind" title={t(`kindMeaning.${kind}`)}>
        {t(`kind.${kind}`)}
      </span>
      <div className="entry-words">
        <p className="entry-head">
          <span>{name ? `${name}: ${happened}` : happened}</span>{' '}
          <span className="secondary small">
            <Time at={entry.at} />
          </span>
        </p>
        {entry.text ? <p className="reading">{entry.text}</p> : null}
      </div>
    </li>
  )
}

/** "Sistem" is only what nobody did: an officer's act is theirs. */
function kindOf({ kind, actorId }: Entry, person: Person | null): Entry['kind'] | 'officer' | 'supervisor' {
  if (kind !== 'system' || actorId === null) return kind
  return person?.roles.includes('supervisor') ? 'supervisor' : 'officer'
}
