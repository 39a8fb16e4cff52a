import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import './dialog.css'

interface DialogProps {
  title: string
  isOpen: boolean
  onClose: () => void
  children: ReactNode
  /** Buttons, the most likely first. */
  actions?: ReactNode
  width?: 'small' | 'medium' | 'large' | 'full'
  /** For questions that must be answered before going on. */
  alert?: boolean
}

/** A window over the page; Escape closes it and focus returns to where it was. */
export function Dialog({ title, isOpen, onClose, children, actions, width = 'medium', alert }: DialogProps) {
  return (
    <ModalOverlay
      className="dialog-scrim"
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      isDismissable={!alert}
    >
      <Modal className={`dialog dialog-${width}`}>
        <AriaDialog className="dialog-body" role={alert ? 'alertdialog' : 'dialog'}>
          <Heading slot="title" level={2} className="dialog-title">
            {title}
          </Heading>
          <div className="dialog-content">{children}</div>
          {actions ? <div className="dialog-actions">{actions}</div> : null}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
