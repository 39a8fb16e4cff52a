import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { InboxView } from '@shared/ipc/views.ts'
import { go } from '../../navigation.ts'
import type { Counts } from './lines.ts'

const FIRST: readonly (InboxView &
  ('late' | 'due_today' | 'returned' | 'citizen_replied' | 'new' | 'mine'))[] = [
  'late',
  'due_today',
  'returned',
  'citizen_replied',
  'new',
  'mine',
]

/** Beside the list while nothing is open: what to do now, in the order it matters. */
export function Brief({ counts }: { counts: Counts | undefined }) {
  const { t } = useTranslation('inbox')
  if (!counts) return <div className="brief" />
  const decisions = counts.replyQueue + counts.proposals
  const lines = FIRST.filter((view) => counts.views[view] > 0)
  return (
    <section className="brief" aria-labelledby="brief-title">
      <h2 id="brief-title">{t('brief.title')}</h2>
      {lines.length === 0 && decisions === 0 ? <p className="secondary">{t('brief.clear')}</p> : null}
      <ul className="brief-list">
        {lines.map((view) => (
          <BriefLine
            key={view}
            tone={view}
            words={t(`brief.${view}`, { count: counts.views[view] })}
            onPress={() => go('inbox', { view })}
          />
        ))}
        {decisions > 0 ? (
          <BriefLine
            tone="approval"
            words={t('brief.approval', { count: decisions })}
            onPress={() => go('approval')}
          />
        ) : null}
      </ul>
      <p className="brief-hint">
        {t('brief.hint')} {t('brief.keys')}
      </p>
    </section>
  )
}

function BriefLine({ words, tone, onPress }: { words: string; tone: string; onPress: () => void }) {
  const [number = '', ...rest] = words.split(' ')
  return (
    <li>
      <button type="button" className={`brief-line brief-${tone}`} onClick={onPress}>
        <span className="brief-number">{number}</span>
        <span className="brief-words">{rest.join(' ')}</span>
        <ChevronRight size="1.1em" aria-hidden />
      </button>
    </li>
  )
}
