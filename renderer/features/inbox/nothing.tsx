import { Inbox, SearchX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { go } from '../../navigation.ts'
import { choicesOf, clearChoices, type InboxFilter } from './filter.ts'

/** What is said when a view has no rows: why, and the next step. */
export function Nothing({ filter }: { filter: InboxFilter }) {
  const { t } = useTranslation('inbox')
  if (filter.q || choicesOf(filter) > 0)
    return (
      <EmptyState
        icon={SearchX}
        title={t('noMatch')}
        action={
          choicesOf(filter) > 0 ? <Button onPress={clearChoices}>{t('clearFilters')}</Button> : undefined
        }
      >
        {choicesOf(filter) > 0 ? t('noMatchFilters') : t('noMatchHint')}
      </EmptyState>
    )
  const action =
    filter.view === 'all' ? (
      <Button onPress={() => go('sync-center')}>{t('toSync')}</Button>
    ) : (
      <Button onPress={() => go('inbox', { view: 'all' })}>{t('toInbox')}</Button>
    )
  return (
    <EmptyState icon={Inbox} title={t(`emptyTitle.${filter.view}`)} action={action}>
      {t(`emptyHint.${filter.view}`)}
    </EmptyState>
  )
}
