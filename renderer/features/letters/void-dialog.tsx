import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { TextArea } from '../../components/text-area.tsx'

interface VoidDialogProps {
  number: string
  busy: boolean
  onVoid: (reason: string) => void
  onClose: () => void
}

/** Voids a numbered letter with a reason that stays in the register (LETT-01). */
export function VoidDialog({ number, busy, onVoid, onClose }: VoidDialogProps) {
  const { t } = useTranslation(['letters', 'errors'])
  const [reason, setReason] = useState('')
  return (
    <ConfirmDialog
      danger
      isOpen
      title={t('voidTitle', { number })}
      confirmLabel={t('voidYes')}
      busy={busy}
      refusal={reason.trim() ? undefined : t('errors:reason_required.what')}
      onConfirm={() => onVoid(reason.trim())}
      onClose={onClose}
    >
      <div className="stack">
        <p>{t('voidWhat')}</p>
        <TextArea
          autoFocus
          label={t('voidReason')}
          help={t('voidHint')}
          maxLength={1000}
          value={reason}
          onChange={setReason}
        />
      </div>
    </ConfirmDialog>
  )
}
