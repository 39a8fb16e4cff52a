import { ChevronLeft, ChevronRight, Download } from 'lucide-react'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttachmentRef } from '@shared/domain/report.ts'
import { useCommand } from '../../bridge/use-call.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { useSay } from '../../components/toast.tsx'
import { Original } from './original.tsx'
import type { PhotoState } from './use-photo-states.ts'

interface PhotoViewerProps {
  attachments: readonly AttachmentRef[]
  stateOf: (sha256: string) => PhotoState | null
  shown: number | null
  onShow: (index: number | null) => void
}

/** One photo large; arrow keys go on to the next. */
export function PhotoViewer({ attachments, stateOf, shown, onShow }: PhotoViewerProps) {
  const { t } = useTranslation(['report', 'common'])
  const { say, sayError } = useSay()
  const saveAs = useCommand('attachments.saveAs')
  const attachment = shown === null ? undefined : attachments[shown]
  const state = attachment ? stateOf(attachment.sha256) : null
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
      {attachment && state ? (
        <Original key={attachment.sha256} attachment={attachment} state={state} />
      ) : null}
    </Dialog>
  )
}
