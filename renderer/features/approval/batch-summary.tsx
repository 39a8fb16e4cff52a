import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApprovalItem } from '@shared/ipc/views.ts'
import { useCommand } from '../../bridge/use-call.ts'
import { Button } from '../../components/button.tsx'
import { useSay } from '../../components/toast.tsx'
import '../../components/page-header.css'
import '../../components/table.css'
import { tally, type Batch, type BatchResult } from './batch.ts'

/** What became of each answer of the stack; decisions that have not left yet can be taken back. */
export function BatchSummary({ batch, onClose }: { batch: Batch; onClose: () => void }) {
  const { t } = useTranslation('approval')
  return (
    <div className="page">
      <header className="page-header">
        <div className="page-titles">
          <h2>{t('batch.done')}</h2>
          <p className="page-subtitle">{t('batch.summary', tally(batch))}</p>
        </div>
        <Button variant="primary" autoFocus onPress={onClose}>
          {t('batch.close')}
        </Button>
      </header>
      <div className="page-content">
        <table className="table">
          <thead>
            <tr>
              <th>{t('batch.number')}</th>
              <th>{t('batch.subject')}</th>
              <th>{t('batch.author')}</th>
              <th>{t('batch.result')}</th>
            </tr>
          </thead>
          <tbody>
            {batch.items.map((item) => (
              <SummaryRow key={item.reply.id} item={item} result={batch.results[item.reply.id]} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

function SummaryRow({ item, result }: { item: ApprovalItem; result: BatchResult | undefined }) {
  const { t } = useTranslation(['approval', 'errors', 'common'])
  const toast = useSay()
  const undo = useCommand('reports.undo')
  const [undone, setUndone] = useState(false)
  const words = !result
    ? t('batch.notSeen')
    : undone
      ? t('batch.undone')
      : result.outcome === 'failed'
        ? `${t('batch.outcome.failed')}: ${t(`errors:${result.code as 'internal'}.what`)}`
        : t(`batch.outcome.${result.outcome}`)
  return (
    <tr>
      <td className="table-nowrap">{item.report.number}</td>
      <td>{item.report.subject}</td>
      <td>{item.reply.authorName}</td>
      <td>
        <span className="row">
          {words}
          {result && 'mutationId' in result && !undone ? (
            <Button
              size="small"
              variant="quiet"
              busy={undo.isPending}
              onPress={() =>
                undo.mutate(
                  { mutationId: result.mutationId },
                  { onSuccess: () => setUndone(true), onError: toast.sayError },
                )
              }
            >
              {t('batch.undo')}
            </Button>
          ) : null}
        </span>
      </td>
    </tr>
  )
}
