import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutboxItem } from '@shared/ipc/views.ts'
import { useCommand } from '../../bridge/use-call.ts'
import { Button } from '../../components/button.tsx'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { useSay } from '../../components/toast.tsx'

/** What a person can do about an act: take back what has not left, send again or discard what was refused (SYNC-01). */
export function ItemActions({ item }: { item: OutboxItem }) {
  const { t } = useTranslation('sync-center')
  const toast = useSay()
  const undo = useCommand('reports.undo')
  const retry = useCommand('sync.retry')
  const discard = useCommand('sync.discard')
  const [asking, setAsking] = useState(false)
  const input = { mutationId: item.id }
  const refused = item.state === 'rejected' || item.state === 'signed_out'
  const settled = item.state === 'applied' || item.state === 'discarded' || item.state === 'sending'
  if (settled) return null
  return (
    <div className="row ledger-actions">
      {item.state === 'held' ? (
        <Button
          size="small"
          busy={undo.isPending}
          onPress={() =>
            undo.mutate(input, { onSuccess: () => toast.say(t('undone')), onError: toast.sayError })
          }
        >
          {t('undo')}
        </Button>
      ) : null}
      {refused && item.reason !== 'lost_in_restore' ? (
        <Button
          size="small"
          busy={retry.isPending}
          onPress={() =>
            retry.mutate(input, { onSuccess: () => toast.say(t('retried')), onError: toast.sayError })
          }
        >
          {t('retry')}
        </Button>
      ) : null}
      {refused || item.state === 'queued' ? (
        <Button size="small" variant="quiet" onPress={() => setAsking(true)}>
          {t('discard')}
        </Button>
      ) : null}
      <ConfirmDialog
        danger
        title={t('discardTitle')}
        confirmLabel={t('discard')}
        isOpen={asking}
        busy={discard.isPending}
        onConfirm={() =>
          discard.mutate(input, {
            onSuccess: () => toast.say(t('discarded')),
            onError: toast.sayError,
            onSettled: () => setAsking(false),
          })
        }
        onClose={() => setAsking(false)}
      >
        {t('discardText')}
      </ConfirmDialog>
    </div>
  )
}
