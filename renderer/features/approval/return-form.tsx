import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { TextArea } from '../../components/text-area.tsx'

interface ReturnFormProps {
  name: string
  busy: boolean
  onSend: (reason: string) => void
  onCancel: () => void
}

/** Asks for the reason in place; nothing is returned without one. Ctrl+Enter sends, Escape leaves. */
export function ReturnForm({ name, busy, onSend, onCancel }: ReturnFormProps) {
  const { t } = useTranslation(['approval', 'common'])
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const send = () => {
    if (reason.trim()) onSend(reason.trim())
    else setTried(true)
  }
  return (
    <div className="approval-return">
      <TextArea
        autoFocus
        label={t('reason')}
        help={t('reasonHint')}
        error={tried && !reason.trim() ? t('reasonRequired') : undefined}
        rows={2}
        maxLength={2000}
        value={reason}
        onChange={setReason}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
          if (event.key === 'Escape') onCancel()
        }}
      />
      <div className="approval-buttons">
        <Button variant="primary" kbd="Ctrl+Enter" busy={busy} onPress={send}>
          {t('returnSend', { name })}
        </Button>
        <Button variant="quiet" kbd="Esc" onPress={onCancel}>
          {t('common:cancel')}
        </Button>
      </div>
    </div>
  )
}
