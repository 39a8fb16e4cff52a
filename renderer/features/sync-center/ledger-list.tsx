import { CircleCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../bridge/use-call.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { DraftLines, OrphanedLines, WaitingApproval } from './draft-lines.tsx'
import { ledger } from './ledger.ts'
import { LedgerItem } from './ledger-item.tsx'
import { LedgerSection } from './ledger-section.tsx'

/** Every item in its group, from what needs a person to what the hub has confirmed. */
export function Ledger() {
  const { t } = useTranslation('sync-center')
  const open = useCall('sync.outbox', { open: true })
  const all = useCall('sync.outbox', { open: false })
  const drafts = useCall('drafts.mine', {})
  const orphaned = useCall('drafts.orphaned', {})
  const waiting = useCall('replies.queue', {})
  const calls = [open, all, drafts, orphaned, waiting]
  const error = calls.find((one) => one.error)?.error
  if (!open.data || !all.data || !drafts.data || !orphaned.data || !waiting.data)
    return error ? (
      <ErrorBanner error={error} onRetry={() => void Promise.all(calls.map((one) => one.refetch()))} />
    ) : (
      <Skeleton shape="row" count={5} />
    )
  const groups = ledger([...open.data, ...all.data])
  const clear =
    !groups.needs.length &&
    !groups.waiting.length &&
    !drafts.data.length &&
    !orphaned.data.length &&
    !waiting.data.length
  return (
    <div className="ledger">
      {clear ? (
        <div className="ledger-clear">
          <EmptyState icon={CircleCheck} title={t('allClear')}>
            <p>{t('allClearText')}</p>
          </EmptyState>
        </div>
      ) : null}
      <LedgerSection group="needs" count={groups.needs.length}>
        {groups.needs.map((item) => (
          <LedgerItem key={item.id} item={item} />
        ))}
      </LedgerSection>
      <LedgerSection group="waiting" count={groups.waiting.length}>
        {groups.waiting.map((item) => (
          <LedgerItem key={item.id} item={item} />
        ))}
      </LedgerSection>
      <LedgerSection group="orphaned" count={orphaned.data.length}>
        <OrphanedLines drafts={orphaned.data} />
      </LedgerSection>
      <LedgerSection group="drafts" count={drafts.data.length}>
        <DraftLines drafts={drafts.data} />
      </LedgerSection>
      <LedgerSection group="approval" count={waiting.data.length}>
        <WaitingApproval items={waiting.data} />
      </LedgerSection>
      <LedgerSection group="done" count={groups.done.length}>
        {groups.done.map((item) => (
          <LedgerItem key={item.id} item={item} />
        ))}
      </LedgerSection>
    </div>
  )
}
