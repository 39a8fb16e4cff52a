import { useTranslation } from 'react-i18next'
import type { Queued } from '@shared/ipc/contract.ts'
import type { ApprovalItem } from '@shared/ipc/views.ts'
import { useCommand } from '../../bridge/use-call.ts'
import { useSay } from '../../components/toast.tsx'

/** Approving or returning exactly what is on screen: both name the hash that was read (APPR-02). */
export interface Decision {
  approve: () => void
  giveBack: (reason: string) => void
  busy: boolean
  error: unknown
  clearError: () => void
}

interface DecisionOptions {
  item: ApprovalItem
  onApproved: (queued: Queued) => void
  onReturned: (queued: Queued) => void
  onFailed?: (error: unknown) => void
}

/** Sends a decision and says what was queued. */
export function useDecision({ item, onApproved, onReturned, onFailed }: DecisionOptions): Decision {
  const { t } = useTranslation('approval')
  const toast = useSay()
  const approve = useCommand('replies.approve')
  const giveBack = useCommand('replies.return')
  const { id: replyId, hash } = item.reply
  return {
    busy: approve.isPending || giveBack.isPending,
    error: approve.error ?? giveBack.error,
    clearError() {
      approve.reset()
      giveBack.reset()
    },
    approve: () =>
      approve.mutate(
        { replyId, hash },
        {
          onSuccess: (queued) => {
            toast.sayQueued(t('approved'), queued)
            onApproved(queued)
          },
          onError: onFailed,
        },
      ),
    giveBack: (reason) =>
      giveBack.mutate(
        { replyId, hash, reason },
        {
          onSuccess: (queued) => {
            toast.sayQueued(t('returned'), queued)
            onReturned(queued)
          },
          onError: onFailed,
        },
      ),
  }
}
