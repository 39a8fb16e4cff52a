import { EyeOff, LockKeyhole, UploadCloud, type LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import './chip.css'

interface ChipProps {
  children: string
  tone?: 'neutral' | 'accent' | 'amber' | 'red' | 'green'
  icon?: LucideIcon
  /** What the chip means, shown on hover. */
  title?: string
}

/** A short label that never collapses. */
export function Chip({ children, tone = 'neutral', icon: Icon, title }: ChipProps) {
  return (
    <span className={`chip chip-${tone}`} title={title}>
      {Icon ? <Icon size="1em" strokeWidth={2} aria-hidden /> : null}
      {children}
    </span>
  )
}

/** Anonim and Rahasia: shown wherever the report is, in full words. */
export function PrivacyChips({ anonymous, confidential }: { anonymous: boolean; confidential: boolean }) {
  const { t } = useTranslation('common')
  return (
    <>
      {anonymous ? (
        <Chip icon={EyeOff} title={t('anonymousMeaning')}>
          {t('anonymous')}
        </Chip>
      ) : null}
      {confidential ? (
        <Chip tone="red" icon={LockKeyhole} title={t('confidentialMeaning')}>
          {t('confidential')}
        </Chip>
      ) : null}
    </>
  )
}

/** Says that the hub has not confirmed this yet. */
export function PendingChip() {
  const { t } = useTranslation('common')
  return (
    <Chip icon={UploadCloud} tone="accent" title={t('pendingMeaning')}>
      {t('pending')}
    </Chip>
  )
}
