import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommand } from '../../bridge/use-call.ts'
import { Button } from '../../components/button.tsx'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { useSay } from '../../components/toast.tsx'
import type { OpenDraft } from './use-draft.ts'

/** Throws the open draft away, after saying how much would be lost. Not offered while nothing is stored. */
export function DiscardButton({ draft, onGone }: { draft: OpenDraft; onGone: () => void }) {
  const { t } = useTranslation('reply')
  const { say, sayError } = useSay()
  const [asking, setAsking] = useState(false)
  const discard = useCommand('drafts.discard')
  if (draft.state.name === 'clean') return null
  const run = async () => {
    await draft.flush()
    const draftId = draft.draftId()
    if (!draftId) return setAsking(false)
    discard.mutate(
      { draftId },
      {
        onSuccess: () => {
          say(t('discarded'))
          onGone()
        },
        onError: sayError,
      },
    )
  }
  return (
    <>
      <Button variant="quiet" onPress={() => setAsking(true)}>
        {t('discard')}
      </Button>
      <ConfirmDialog
        danger
        title={t('discardAsk')}
        confirmLabel={t('discard')}
        isOpen={asking}
        busy={discard.isPending}
        onConfirm={() => void run()}
        onClose={() => setAsking(false)}
      >
        {t('discardWhat', { count: draft.content.body.length })}
      </ConfirmDialog>
    </>
  )
}
