import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface LedgerSectionProps {
  group: 'needs' | 'waiting' | 'drafts' | 'approval' | 'orphaned' | 'done'
  count: number
  children: ReactNode
}

/** A group with what it means; nothing when it is empty. */
export function LedgerSection({ group, count, children }: LedgerSectionProps) {
  const { t } = useTranslation('sync-center')
  if (!count) return null
  return (
    <section className={`ledger-section ledger-${group}`} aria-labelledby={`ledger-${group}`}>
      <div className="ledger-section-head">
        <h2 id={`ledger-${group}`}>
          {t(`group.${group}`)} <span className="secondary">{count}</span>
        </h2>
        <p className="small secondary">{t(`groupText.${group}`)}</p>
      </div>
      <ul>{children}</ul>
    </section>
  )
}
