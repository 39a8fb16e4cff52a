import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommand } from '../../bridge/use-call.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { TextArea } from '../../components/text-area.tsx'

interface IdentityDialogProps {
  reportId: string
  isOpen: boolean
  onClose: () => void
}

/** Opens a sealed identity with a reason; what comes back lives only as long as this window (PRIV-02). */
export function IdentityDialog({ reportId, isOpen, onClose }: IdentityDialogProps) {
  const { t } = useTranslation(['report', 'common'])
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const reveal = useCommand('reports.revealIdentity')
  const close = () => {
    reveal.reset()
    setReason('')
    setTried(false)
    onClose()
  }
  const ask = () => {
    setTried(true)
    if (reason.trim()) reveal.mutate({ reportId, reason })
  }
  const found = reveal.data
  return (
    <Dialog
      alert
      width="small"
      title={t('identity.title')}
      isOpen={isOpen}
      onClose={close}
      actions={
        found ? (
          <Button onPress={close}>{t('common:close')}</Button>
        ) : (
          <>
            <Button variant="primary" onPress={ask} busy={reveal.isPending}>
              {t('identity.confirm')}
            </Button>
            <Button variant="quiet" onPress={close}>
              {t('common:cancel')}
            </Button>
          </>
        )
      }
    >
      {found ? (
        <dl className="identity">
          <dt>{t('identity.name')}</dt>
          <dd>{found.name}</dd>
          <dt>{t('identity.phone')}</dt>
          <dd>{found.phone ?? t('identity.notGiven')}</dd>
          <dt>{t('identity.email')}</dt>
          <dd>{found.email ?? t('identity.notGiven')}</dd>
          <dd className="identity-note">{t('identity.shownOnce')}</dd>
        </dl>
      ) : (
        <div className="stack">
          <p>{t('identity.explain')}</p>
          <TextArea
            autoFocus
            label={t('form.reason')}
            value={reason}
            onChange={setReason}
            maxLength={1000}
            error={tried && !reason.trim() ? t('form.reasonRequired') : undefined}
          />
          <ErrorBanner error={reveal.error} />
        </div>
      )}
    </Dialog>
  )
}
