import { useTranslation } from 'react-i18next'
import type { LetterView } from '@shared/ipc/views.ts'
import { PendingChip } from '../../components/chip.tsx'
import { useFormat } from '../../components/format.ts'
import { go } from '../../navigation.ts'
import { letterGroups } from './letter-groups.ts'

interface LetterListProps {
  letters: readonly LetterView[]
  current: string
  onSelect: (letterId: string) => void
}

/** Letters by state: what still needs work first. */
export function LetterList({ letters, current, onSelect }: LetterListProps) {
  const { t } = useTranslation('letters')
  return (
    <nav className="letters-list" aria-label={t('title')}>
      {letterGroups(letters).map((group) => (
        <section key={group.state} aria-labelledby={`letters-${group.state}`}>
          <h2 className="letters-group" id={`letters-${group.state}`}>
            {t(`group.${group.state}`)} <span className="secondary">{group.letters.length}</span>
          </h2>
          <ul>
            {group.letters.map((letter) => (
              <li key={letter.id}>
                <button
                  type="button"
                  className="letters-row"
                  aria-current={letter.id === current || undefined}
                  onClick={() => onSelect(letter.id)}
                >
                  <LetterRow letter={letter} />
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <button type="button" className="letters-row" onClick={() => go('sync-center', { tab: 'link' })}>
        <span>{t('outages')}</span>
        <span className="letters-row-line letters-row-quiet">{t('outagesMeaning')}</span>
      </button>
    </nav>
  )
}

function LetterRow({ letter }: { letter: LetterView }) {
  const { t } = useTranslation('letters')
  const format = useFormat()
  return (
    <>
      <span className="letters-row-title">{letter.number ?? t(`kind.${letter.kind}`)}</span>
      <span className="letters-row-line">{letter.subject}</span>
      <span className="letters-row-line letters-row-quiet">
        {letter.addressee ? `${letter.addressee} · ` : ''}
        {format.date(letter.date)}
        {letter.pending ? <PendingChip /> : null}
      </span>
    </>
  )
}
