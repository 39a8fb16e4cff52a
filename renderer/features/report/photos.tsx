import { ChevronLeft, ChevronRight, Download, FileText, ImageOff } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttachmentRef } from '@shared/domain/report.ts'
import { useCommand } from '../../bridge/use-call.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { useSay } from '../../components/toast.tsx'

const isPicture = (attachment: AttachmentRef) => attachment.mime.startsWith('image/')

/** Small pictures that open large; other files by name. */
export function Photos({ attachments }: { attachments: readonly AttachmentRef[] }) {
  const { t } = useTranslation('report')
  const [shown, setShown] = useState<number | null>(null)
  const total = attachments.length
  return (
    <>
      <ul className="photos" aria-label={t('photos')}>
        {attachments.map((attachment, index) => (
          <li key={attachment.sha256}>
            <button
              type="button"
              className="photo"
              aria-label={t('openPhoto', { index: index + 1, total })}
              onClick={() => setShown(index)}
            >
              <Picture attachment={attachment} alt="" />
            </button>
          </li>
        ))}
      </ul>
      <Viewer attachments={attachments} shown={shown} onShow={setShown} />
    </>
  )
}

interface ViewerProps {
  attachments: readonly AttachmentRef[]
  shown: number | null
  onShow: (index: number | null) => void
}

function Viewer({ attachments, shown, onShow }: ViewerProps) {
  const { t } = useTranslation(['report', 'common'])
  const { say, sayError } = useSay()
  const saveAs = useCommand('attachments.saveAs')
  const attachment = shown === null ? undefined : attachments[shown]
  const step = (by: number) => onShow(((shown ?? 0) + by + attachments.length) % attachments.length)
  const total = attachments.length
  const isOpen = attachment !== undefined
  const keys = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'ArrowRight') step(1)
    if (event.key === 'ArrowLeft') step(-1)
  })
  useEffect(() => {
    if (!isOpen) return
    const onKey = (event: KeyboardEvent) => keys(event)
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [isOpen])
  return (
    <Dialog
      width="large"
      isOpen={isOpen}
      onClose={() => onShow(null)}
      title={attachment ? t('photo', { index: (shown ?? 0) + 1, total, name: attachment.name }) : ''}
      actions={
        <>
          {total > 1 ? (
            <>
              <Button icon={ChevronLeft} onPress={() => step(-1)} kbd="←">
                {t('previousPhoto')}
              </Button>
              <Button icon={ChevronRight} onPress={() => step(1)} kbd="→">
                {t('nextPhoto')}
              </Button>
            </>
          ) : null}
          <Button
            variant="quiet"
            icon={Download}
            onPress={() =>
              attachment &&
              saveAs.mutate(
                { sha256: attachment.sha256, name: attachment.name },
                { onSuccess: ({ saved }) => saved && say(t('saved')), onError: sayError },
              )
            }
          >
            {t('saveAs')}
          </Button>
          <Button variant="quiet" kbd="Esc" onPress={() => onShow(null)}>
            {t('common:close')}
          </Button>
        </>
      }
    >
      <div className="photo-large">
        {attachment ? (
          <Picture key={attachment.sha256} attachment={attachment} alt={attachment.name} />
        ) : null}
      </div>
    </Dialog>
  )
}

function Picture({ attachment, alt }: { attachment: AttachmentRef; alt: string }) {
  const { t } = useTranslation('report')
  const [missing, setMissing] = useState(false)
  if (missing || !isPicture(attachment)) {
    const Icon = missing ? ImageOff : FileText
    return (
      <span className="photo-missing" title={missing ? t('notHere') : attachment.name}>
        <Icon size="1.5em" strokeWidth={1.5} aria-hidden />
        <span>{missing ? t('notHere') : attachment.name}</span>
      </span>
    )
  }
  return (
    <img
      src={`lampiran://a/${attachment.sha256}`}
      alt={alt}
      loading="lazy"
      onError={() => setMissing(true)}
    />
  )
}
