import { useTranslation } from 'react-i18next'
import type { AppStatus } from '@shared/ipc/views.ts'
import { Progress } from '../../components/progress.tsx'
import id from '../../i18n/id/onboarding.ts'

type StepName = keyof typeof id.step
const isStep = (name: string): name is StepName => Object.hasOwn(id.step, name)

/** Progress in words, with how far where the core knows it. */
export function SettingUp({ status }: { status: AppStatus }) {
  const { t } = useTranslation('onboarding')
  const step = status.progress?.step ?? 'other'
  return (
    <>
      <h1>{t('settingUp')}</h1>
      <Progress label={t(`step.${isStep(step) ? step : 'other'}`)} value={status.progress?.done ?? null} />
      <p className="secondary small">{t('settingUpHint')}</p>
    </>
  )
}
