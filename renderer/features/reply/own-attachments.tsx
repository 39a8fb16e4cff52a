import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { AttachmentRef } from '@shared/domain/report.ts'
import { AttachmentList } from '../../components/attachment-list.tsx'
import { Banner } from '../../components/banner.tsx'
import { IconButton } from '../../components/icon-button.tsx'

/** A file that was not taken, and why. */
export interface RefusedFile {
  name: string
  code: 'too_large' | 'unsupported_file' | 'unreadable'
}

interface OwnAttachmentsProps {
  attachments: readonly AttachmentRef[]
  refused: readonly RefusedFile[]
  onRemove: (sha256: string) => void
  onDismiss: () => void
}

/** Files of the answer, and those that were refused with what to do about it. */
export function OwnAttachments({ attachments, refused, onRemove, onDismiss }: OwnAttachmentsProps) {
  const { t } = useTranslation('reply')
  return (
    <>
      {refused.length ? (
        <Banner
          live
          tone="warning"
          title={t('refused.title', { count: refused.length })}
          action={<IconButton icon={X} label={t('refused.dismiss')} onPress={onDismiss} />}
        >
          {refused.map((file) => (
            <p key={file.name}>{t(`refused.${file.code}`, { name: file.name })}</p>
          ))}
        </Banner>
      ) : null}
      {attachments.length ? (
        <AttachmentList attachments={attachments} onRemove={onRemove} label={t('attachments')} />
      ) : null}
    </>
  )
}
