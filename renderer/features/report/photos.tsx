import { CloudDownload } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttachmentRef } from '@shared/domain/report.ts'
import { fileSize } from '../../components/file-size.ts'
import { useFormat } from '../../components/format.ts'
import { Picture } from '../../components/picture.tsx'
import { PhotoViewer } from './photo-viewer.tsx'
import { usePhotoStates } from './use-photo-states.ts'

interface PhotosProps {
  reportId: string
  attachments: readonly AttachmentRef[]
}

/** Small pictures that open large; other files by name. What an original still costs stands on it. */
export function Photos({ reportId, attachments }: PhotosProps) {
  const { t } = useTranslation('report')
  const { language } = useFormat()
  const [shown, setShown] = useState<number | null>(null)
  const stateOf = usePhotoStates(reportId, attachments)
  const total = attachments.length
  return (
    <>
      <ul className="photos" aria-label={t('photos')}>
        {attachments.map((attachment, index) => {
          const state = stateOf(attachment.sha256)
          const size = fileSize(attachment.size, language)
          const isAtHub = state !== null && state.where !== 'here'
          return (
            <li key={attachment.sha256}>
              <button
                type="button"
                className="photo"
                aria-label={t(isAtHub ? 'openPhotoAtHub' : 'openPhoto', { index: index + 1, total, size })}
                onClick={() => setShown(index)}
              >
                {state === null ? null : (
                  <Picture
                    key={`${state.where}${state.thumb}`}
                    absent={isAtHub && !state.thumb}
                    attachment={attachment}
                    which="thumb"
                    alt=""
                    renderMissing={(sign, isPicture) => (
                      <span className="photo-missing" title={isPicture ? t('notHere') : attachment.name}>
                        {sign}
                        <span>{isPicture ? t('notHere') : attachment.name}</span>
                      </span>
                    )}
                  />
                )}
                {isAtHub ? (
                  <span className="photo-badge" aria-hidden>
                    <CloudDownload size="1.1em" strokeWidth={2} />
                    {size}
                  </span>
                ) : null}
              </button>
            </li>
          )
        })}
      </ul>
      <PhotoViewer attachments={attachments} stateOf={stateOf} shown={shown} onShow={setShown} />
    </>
  )
}
