import { GraduationCap, MonitorUp, type LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from 'react-aria-components'
import { ErrorBanner } from '../../components/error-banner.tsx'

interface FirstRunProps {
  busy: boolean
  /** Why practice could not start. */
  error: unknown
  onPractice: () => void
  onEnrol: () => void
}

/** Two large choices, nothing else to decide. */
export function FirstRun({ busy, error, onPractice, onEnrol }: FirstRunProps) {
  const { t } = useTranslation('onboarding')
  return (
    <>
      <h1>{t('welcome')}</h1>
      <p className="secondary">{t('welcomeHint')}</p>
      <div className="onboarding-choices">
        <Choice
          icon={GraduationCap}
          title={t('choosePractice')}
          hint={t('practiceHint')}
          busy={busy}
          onPress={onPractice}
        />
        <Choice icon={MonitorUp} title={t('chooseEnrol')} hint={t('enrolHint')} onPress={onEnrol} />
      </div>
      <ErrorBanner error={error} />
    </>
  )
}

interface ChoiceProps {
  icon: LucideIcon
  title: string
  hint: string
  busy?: boolean
  onPress: () => void
}

function Choice({ icon: Icon, title, hint, busy, onPress }: ChoiceProps) {
  return (
    <Button className="onboarding-choice" isPending={busy} onPress={onPress}>
      <Icon size="1.9rem" strokeWidth={1.4} aria-hidden />
      <span className="onboarding-choice-title">{title}</span>
      <span className="secondary">{hint}</span>
    </Button>
  )
}
