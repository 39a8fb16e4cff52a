import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '@shared/ipc/views.ts'
import { Button } from '../../components/button.tsx'
import { useFormat } from '../../components/format.ts'

interface OtherDraftsProps {
  mine: readonly Draft[]
  others: readonly Draft[]
  onOpen: (draft: Draft) => void
  onNew: () => void
  onCopy: (text: string) => void
}

/** Every other draft of the report: my own to go on with, colleagues' to read. None is ever written over (DRAFT-01). */
export function OtherDrafts({ mine, others, onOpen, onNew, onCopy }: OtherDraftsProps) {
  const { t } = useTranslation('reply')
  return (
    <>
      {mine.length ? (
        <section className="reply-drafts" aria-label={t('drafts.mine')}>
          <div className="row reply-drafts-head">
            <h2>{t('drafts.mine')}</h2>
            <Button size="small" onPress={onNew}>
              {t('drafts.startNew')}
            </Button>
          </div>
          <ul>
            {mine.map((draft) => (
              <DraftItem
                key={draft.id}
                draft={draft}
                action={t('drafts.open')}
                onAction={() => onOpen(draft)}
              />
            ))}
          </ul>
        </section>
      ) : null}
      {others.length ? (
        <section className="reply-drafts" aria-label={t('drafts.colleagues')}>
          <h2>{t('drafts.colleagues')}</h2>
          <p className="small secondary">{t('drafts.note')}</p>
          <ul>
            {others.map((draft) => (
              <DraftItem
                key={draft.id}
                draft={draft}
                action={t('drafts.copy')}
                onAction={() => onCopy(draft.body)}
              />
            ))}
          </ul>
        </section>
      ) : null}
    </>
  )
}

function DraftItem({ draft, action, onAction }: { draft: Draft; action: string; onAction: () => void }) {
  const { t } = useTranslation(['reply', 'common'])
  const format = useFormat()
  const [open, setOpen] = useState(false)
  return (
    <li className="reply-draft">
      <div className="row">
        <strong>{t(`common:replyKind.${draft.kind}`)}</strong>
        <span className="small secondary">
          {t('drafts.item', { name: draft.authorName, at: format.dateTime(draft.savedAt) })}
        </span>
      </div>
      <p className={open ? 'reading' : 'reply-draft-first'}>{draft.body.trim() || t('drafts.empty')}</p>
      <div className="row">
        <Button size="small" onPress={() => setOpen(!open)} aria-expanded={open}>
          {open ? t('drafts.hide') : t('drafts.read')}
        </Button>
        <Button size="small" onPress={onAction}>
          {action}
        </Button>
      </div>
    </li>
  )
}
