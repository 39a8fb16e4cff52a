import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

interface ConfirmDialogProps {
  title: string
  /** What will be seen, by whom, and what cannot be taken back. */
  children: ReactNode
  /** The verb of the act, e.g. "Terbitkan". */
  confirmLabel: string
  danger?: boolean
  busy?: boolean
  /** Why it cannot be confirmed yet. */
  refusal?: string
  isOpen: boolean
  onConfirm: () => void
  onClose: () => void
}

/** Asks once more before something is published, voided or destroyed. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation('common')
  const { title, children, confirmLabel, danger, busy, refusal, isOpen, onConfirm, onClose } = props
  return (
    <Dialog
      alert
      title={title}
      isOpen={isOpen}
      onClose={onClose}
      width="small"
      actions={
        <>
          <Button variant={danger ? 'danger' : 'primary'} onPress={onConfirm} busy={busy} refusal={refusal}>
            {confirmLabel}
          </Button>
          <Button variant="quiet" onPress={onClose}>
            {t('cancel')}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
