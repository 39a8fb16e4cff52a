import { useTranslation } from 'react-i18next'
import id from '../../i18n/id/report.ts'

type Known = Exclude<keyof typeof id.happened, 'other'>
const isKnown = (action: string): action is Known => Object.hasOwn(id.happened, action) && action !== 'other'

/** Words of a timeline action or mutation kind; an unknown one is named, never hidden. */
export function useHappened(): (kind: string) => string {
  const { t } = useTranslation('report')
  return (kind) => {
    const action = kind.replace(/^(report|reply)\./, '')
    return isKnown(action) ? t(`happened.${action}`) : t('happened.other', { action })
  }
}
