import { CloudDownload } from 'lucide-react'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttachmentRef } from '@shared/domain/report.ts'
import { useCall, useCommand } from '../../bridge/use-call.ts'
import { Button } from '../../components/button.tsx'
import { fileSize } from '../../components/file-size.ts'
import { useFormat } from '../../components/format.ts'
import { Picture } from '../../components/picture.tsx'
import { useSay } from '../../components/toast.tsx'
import type { PhotoState } from './use-photo-states.ts'

/** Up to this size, bytes, opening a photo is reason enough to fetch it; above it a person sees the cost first. */
const FETCHED_WHEN_OPENED = 1_000_000

/** The original, or until it is here the small picture with what the original costs and a way to fetch it. */
export function Original({ attachment, state }: { attachment: AttachmentRef; state: PhotoState }) {
  const { t } = useTranslation('report')
  const { sayError } = useSay()
  const { language } = useFormat()
  const fetch = useCommand('attachments.fetch')
  const phase = useCall('sync.status', {}).data?.phase
  const isAway = phase === 'offline' || phase === 'signed_out' || phase === 'stopped'
  const { sha256 } = attachment
  const size = fileSize(attachment.size, language)
  const ask = () => fetch.mutate({ sha256 }, { onError: sayError })
  const opened = useEffectEvent(() => {
    if (attachment.size <= FETCHED_WHEN_OPENED && state.where === 'hub' && !isAway) ask()
  })
  const isKnown = phase !== undefined
  useEffect(() => {
    if (isKnown) opened()
  }, [isKnown])
  const isHere = state.where === 'here'
  return (
    <div className="photo-original">
      <div className={isHere ? 'photo-large' : 'photo-large photo-small'}>
        <Picture
          key={`${state.where}${state.thumb}`}
          attachment={attachment}
          absent={!isHere && !state.thumb}
          which={isHere ? 'original' : 'thumb'}
          alt={attachment.name}
          renderMissing={(sign, isPicture) => (
            <span className="photo-missing">
              {sign}
              <span>{isPicture ? t('notHere') : attachment.name}</span>
            </span>
          )}
        />
      </div>
      {isHere ? null : (
        <p className="photo-cost" role="status">
          {state.where === 'hub' ? (
            <>
              <span>{t('originalAtHub', { size })}</span>
              <Button icon={CloudDownload} busy={fetch.isPending} onPress={ask}>
                {t('fetchOriginal')}
              </Button>
            </>
          ) : (
            <span>{t(isAway ? 'originalLater' : 'originalComing', { size })}</span>
          )}
        </p>
      )}
    </div>
  )
}
