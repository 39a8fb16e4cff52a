import { Download, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { AttachmentRef } from '@shared/domain/report.ts'
import { useCommand } from '../bridge/use-call.ts'
import { fileSize } from './file-size.ts'
import { useFormat } from './format.ts'
import { IconButton } from './icon-button.tsx'
import { Picture } from './picture.tsx'
import { useSay } from './toast.tsx'
import './attachment-list.css'

interface AttachmentListProps {
  attachments: readonly AttachmentRef[]
  /** Offers to take one off; without it the list is only read. */
  onRemove?: (sha256: string) => void
  /** Pictures as large tiles instead of rows. */
  large?: boolean
  label: string
}

/** Files by name and size, pictures seen; each can be saved. */
export function AttachmentList({ attachments, onRemove, large, label }: AttachmentListProps) {
  return (
    <ul className={large ? 'attachments attachments-large' : 'attachments'} aria-label={label}>
      {attachments.map((attachment) => (
        <AttachmentItem key={attachment.sha256} attachment={attachment} onRemove={onRemove} />
      ))}
    </ul>
  )
}

function AttachmentItem({
  attachment,
  onRemove,
}: {
  attachment: AttachmentRef
  onRemove?: (sha256: string) => void
}) {
  const { t } = useTranslation('reply')
  const { language } = useFormat()
  const { sayError } = useSay()
  const saveAs = useCommand('attachments.saveAs')
  const { sha256, name, size } = attachment
  return (
    <li className="attachment">
      <Picture
        attachment={attachment}
        which="thumb"
        className="attachment-picture"
        alt={name}
        renderMissing={(sign) => (
          <span className="attachment-picture" aria-hidden>
            {sign}
          </span>
        )}
      />
      <span className="attachment-name">
        <span>{name}</span>
        <span className="attachment-size">{fileSize(size, language)}</span>
      </span>
      <IconButton
        icon={Download}
        label={t('saveAttachment', { name })}
        onPress={() => saveAs.mutate({ sha256, name }, { onError: sayError })}
      />
      {onRemove ? (
        <IconButton icon={X} label={t('removeAttachment', { name })} onPress={() => onRemove(sha256)} />
      ) : null}
    </li>
  )
}
