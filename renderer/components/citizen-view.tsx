import { EyeOff, Globe, LockKeyhole } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReplyKind } from '@shared/domain/reply.ts'
import type { AttachmentRef } from '@shared/domain/report.ts'
import { AttachmentList } from './attachment-list.tsx'
import './citizen-view.css'

interface CitizenViewProps {
  kind: ReplyKind
  reportNumber: string
  agencyName: string
  /** The answer, with marks where the caller wants them; only text ever comes in here. */
  children: ReactNode
  attachments: readonly AttachmentRef[]
  anonymous: boolean
  confidential: boolean
  published?: boolean
  empty?: boolean
}

/** Exactly what the citizen will read: status in their words, sender, text, attachments, and what is withheld from whom. */
export function CitizenView(props: CitizenViewProps) {
  const { kind, reportNumber, agencyName, children, attachments, anonymous, confidential, published, empty } =
    props
  const { t } = useTranslation('reply')
  return (
    <section className="citizen-view" aria-label={published ? t('citizen.published') : t('citizen.title')}>
      <header className="citizen-head">
        <h2>{published ? t('citizen.published') : t('citizen.title')}</h2>
        <Audience anonymous={anonymous} confidential={confidential} />
      </header>
      <div className="citizen-card">
        <p className="citizen-status">
          <strong>{t(`citizen.status.${kind}`)}</strong>
          <span>{t(`citizen.statusWhy.${kind}`)}</span>
        </p>
        <p className="citizen-from">
          {t('citizen.from', { agency: agencyName })} ·{' '}
          <span className="citizen-number">{t('citizen.number', { number: reportNumber })}</span>
        </p>
        {empty ? (
          <p className="citizen-empty">{t('citizen.empty')}</p>
        ) : (
          <div className="reading citizen-text">{children}</div>
        )}
        {attachments.length ? <AttachmentList attachments={attachments} label={t('attachments')} /> : null}
      </div>
    </section>
  )
}

/** Who reads it and what is withheld, one line per flag. */
function Audience({ anonymous, confidential }: { anonymous: boolean; confidential: boolean }) {
  const { t } = useTranslation('reply')
  return (
    <ul className="citizen-audience">
      {anonymous ? (
        <li>
          <EyeOff size="1.15em" strokeWidth={1.75} aria-hidden />
          {t('citizen.anonymous')}
        </li>
      ) : null}
      {confidential ? (
        <li>
          <LockKeyhole size="1.15em" strokeWidth={1.75} aria-hidden />
          {t('citizen.confidential')}
        </li>
      ) : (
        <li>
          <Globe size="1.15em" strokeWidth={1.75} aria-hidden />
          {t('citizen.public')}
        </li>
      )}
    </ul>
  )
}
