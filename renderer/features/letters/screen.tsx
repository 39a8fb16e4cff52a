import { FilePlus2, FileText } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../bridge/use-call.ts'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { go, showHere, useLocation } from '../../navigation.ts'
import { LetterDesk } from './letter-desk.tsx'
import { LetterList } from './letter-list.tsx'
import { useNewLetter } from './use-new-letter.ts'
import './letters.css'

/** Drafts and issued letters, each as the PDF it is. Parameters: `letter`, or `kind`+`report`(+`reply`, `disposition`) to make one. */
export default function LettersScreen() {
  const { t } = useTranslation('letters')
  const { params } = useLocation()
  const letters = useCall('letters.list', { year: null, kind: null, reportId: null })
  const creating = useNewLetter(params)
  const letter = [...(letters.data ?? []), creating.made].find((one) => one?.id === params.letter)

  if (letters.error)
    return (
      <div className="letters-message">
        <h1 className="visually-hidden">{t('title')}</h1>
        <ErrorBanner error={letters.error} onRetry={() => void letters.refetch()} />
      </div>
    )
  if (!letters.data) return <Skeleton shape="row" count={6} />
  if (!letters.data.length && !letter && !creating.busy && !creating.error)
    return (
      <div className="letters-empty">
        <h1 className="visually-hidden">{t('title')}</h1>
        <EmptyState
          icon={FileText}
          title={t('emptyTitle')}
          action={
            <>
              <Button onPress={() => go('inbox')}>{t('emptyAction')}</Button>
              <Button variant="quiet" onPress={() => go('sync-center', { tab: 'link' })}>
                {t('outages')}
              </Button>
            </>
          }
        >
          <p>{t('emptyText')}</p>
        </EmptyState>
      </div>
    )
  return (
    <div className="letters-screen">
      {letter ? null : <h1 className="visually-hidden">{t('title')}</h1>}
      <LetterList
        letters={letters.data}
        current={params.letter ?? ''}
        onSelect={(id) => showHere({ letter: id })}
      />
      {creating.error ? (
        <div className="letters-message">
          <p>{t('createFailed')}</p>
          <ErrorBanner error={creating.error} onRetry={creating.retry} />
        </div>
      ) : creating.busy ? (
        <EmptyState icon={FilePlus2} title={t('creating')} />
      ) : letter ? (
        <LetterDesk key={letter.id} letter={letter} />
      ) : (
        <EmptyState icon={FileText} title={t('pick')} />
      )}
    </div>
  )
}
