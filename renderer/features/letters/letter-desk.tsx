import { useTranslation } from 'react-i18next'
import type { LetterView } from '@shared/ipc/views.ts'
import { Banner } from '../../components/banner.tsx'
import { Chip, PendingChip } from '../../components/chip.tsx'
import { useFormat } from '../../components/format.ts'
import { openReport } from '../../navigation.ts'
import { LetterActions } from './letter-actions.tsx'
import { PaperPicker } from './paper-picker.tsx'
import { Preview } from './preview.tsx'
import { useLetterActs } from './use-letter-acts.ts'

/** One letter: what it is, what can be done with it, and its pages. */
export function LetterDesk({ letter }: { letter: LetterView }) {
  const { t } = useTranslation('letters')
  const format = useFormat()
  const acts = useLetterActs(letter)
  return (
    <article className="letter" aria-label={letter.number ?? t(`kind.${letter.kind}`)}>
      <header className="letter-head">
        <div className="row letter-titles">
          <h1>{letter.number ?? t(`kind.${letter.kind}`)}</h1>
          <Chip tone={letter.state === 'issued' ? 'green' : letter.state === 'void' ? 'red' : 'neutral'}>
            {letter.state === 'issued' && !letter.number ? t('state.final') : t(`state.${letter.state}`)}
          </Chip>
          {letter.pending ? <PendingChip /> : null}
        </div>
        <LetterActions letter={letter} acts={acts} />
        <p className="row small secondary letter-facts">
          <span>
            {[
              letter.number ? t(`kind.${letter.kind}`) : '',
              letter.addressee && t('to', { name: letter.addressee }),
            ]
              .concat(format.date(letter.date), letter.pages ? t('pages', { count: letter.pages }) : '')
              .filter(Boolean)
              .join(' · ')}
          </span>
          <button type="button" className="letter-report" onClick={() => openReport(letter.reportId)}>
            {t('forReport', { number: letter.reportNumber })}
          </button>
        </p>
        <LetterNotes letter={letter} />
      </header>
      <Preview
        letterId={letter.id}
        tools={letter.state === 'draft' ? <PaperPicker letter={letter} acts={acts} /> : null}
      />
    </article>
  )
}

/** What the state means for this paper, in one or two lines. */
function LetterNotes({ letter }: { letter: LetterView }) {
  const { t } = useTranslation('letters')
  if (letter.state === 'waiting_number')
    return (
      <Banner tone="warning" title={t('waitingTitle')}>
        <p>{t('waitingText')}</p>
      </Banner>
    )
  if (letter.state === 'void')
    return <Banner tone="error" title={t('voidBecause', { reason: letter.voidReason ?? '' })} />
  if (letter.state === 'draft')
    return (
      <p className="small secondary">
        {letter.kind === 'reply' ? `${t('draftNote')} ${t('quoteNote')}` : t('sheetDraftNote')}
      </p>
    )
  return (
    <p className="small secondary letter-archive">
      {letter.prints > 0 ? t('printCopyNote', { count: letter.prints }) : t('printFirstNote')} {t('archive')}
      {letter.sha256 ? ` ${t('archiveHash', { hash: letter.sha256.slice(0, 12) })}.` : ''}
    </p>
  )
}
