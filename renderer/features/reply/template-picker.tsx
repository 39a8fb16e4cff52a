import { BookText } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog, DialogTrigger, ListBox, ListBoxItem, Popover } from 'react-aria-components'
import type { ReplyKind } from '@shared/domain/reply.ts'
import { useCall } from '../../bridge/use-call.ts'
import { Button } from '../../components/button.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'

interface TemplatePickerProps {
  reportId: string
  kind: ReplyKind
  onPick: (text: string) => void
}

/** Templates of this kind and service, each with its text as it will be inserted. */
export function TemplatePicker({ reportId, kind, onPick }: TemplatePickerProps) {
  const { t } = useTranslation('reply')
  const [open, setOpen] = useState(false)
  const { data, error } = useCall('replies.templates', { reportId, kind }, { enabled: open })
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Button icon={BookText}>{t('templates')}</Button>
      <Popover className="popover reply-templates" placement="bottom end" offset={4}>
        <Dialog className="reply-templates-body" aria-label={t('templates')}>
          <ErrorBanner error={error} />
          {data ? (
            <ListBox
              className="menu"
              aria-label={t('templates')}
              autoFocus="first"
              items={data}
              renderEmptyState={() => <p className="reply-templates-empty">{t('templatesEmpty')}</p>}
              onAction={(key) => {
                const template = data.find((item) => item.id === key)
                setOpen(false)
                // After the popover has given focus back, or the text area would lose it again.
                if (template) requestAnimationFrame(() => onPick(template.filled))
              }}
            >
              {(template) => (
                <ListBoxItem className="menu-item" textValue={template.name}>
                  <span className="menu-text">
                    {template.name}
                    <span className="menu-detail reply-template-text">{template.filled}</span>
                  </span>
                </ListBoxItem>
              )}
            </ListBox>
          ) : null}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
