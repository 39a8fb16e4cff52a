import { Hourglass } from 'lucide-react'
import { useTranslation } from 'react-i18next'

/** Said above the hits while the search index is still being made: there may be more than are shown. */
export function Indexing({ done, total }: { done: number; total: number }) {
  const { t } = useTranslation('inbox')
  return (
    <p className="row inbox-indexing" role="status">
      <Hourglass size="1.15em" strokeWidth={1.75} aria-hidden />
      {t('indexing', { percent: Math.floor((100 * done) / total) })}
    </p>
  )
}
