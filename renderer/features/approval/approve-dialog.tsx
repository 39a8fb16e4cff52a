import { useTranslation } from 'react-i18next'
import type { ApprovalItem } from '@shared/ipc/views.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { FindingsNote } from './findings-note.tsx'

interface ApproveDialogProps {
  item: ApprovalItem
  isOpen: boolean
  busy: boolean
  onConfirm: () => void
  onClose: () => void
}

/** Says what will be published and who will read it. With findings the person has to reach for the button. */
export function ApproveDialog({ item, isOpen, busy, onConfirm, onClose }: ApproveDialogProps) {
  const { t } = useTranslation(['approval', 'common'])
  const { reply, report, findings } = item
  const words = {
    kind: t(`common:replyKind.${reply.kind}`),
    number: report.number,
    count: reply.body.length,
    files: reply.attachments.length,
  }
  const audience = report.confidential ? 'confidential' : report.anonymous ? 'anonymous' : 'public'
  return (
    <Dialog
      alert
      width="small"
      title={t('confirm.title')}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button variant="primary" busy={busy} onPress={onConfirm} autoFocus={findings.length === 0}>
            {t('confirm.yes')}
          </Button>
          <Button variant="quiet" onPress={onClose}>
            {t('confirm.no')}
          </Button>
        </>
      }
    >
      <div className="stack-small">
        <p>{reply.attachments.length ? t('confirm.whatWithFiles', words) : t('confirm.what', words)}</p>
        <p>
          <strong>{t(`confirm.who.${audience}`)}</strong>
        </p>
        {findings.length ? <FindingsNote findings={findings} body={reply.body} /> : null}
        <p className="small secondary">{t('confirm.bound')}</p>
      </div>
    </Dialog>
  )
}
