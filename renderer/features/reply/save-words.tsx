import { CircleCheck, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { clockTime } from '@shared/domain/locale.ts'
import { MAX_REPLY } from '@shared/domain/report.ts'
import { Button } from '../../components/button.tsx'
import { useFormat } from '../../components/format.ts'
import type { SaveState } from './autosave.ts'

/** From here on the counter says how much is left instead of how much there is. */
const NEARLY_FULL = 1000

/** Draft state in words with its time to the second, and the length of the text. */
export function SaveWords({
  state,
  length,
  onRetry,
}: {
  state: SaveState
  length: number
  onRetry: () => void
}) {
  const { t } = useTranslation('reply')
  const format = useFormat()
  const savedTime = useSeconds(state.name === 'saved' ? state.at : 0)
  const left = MAX_REPLY - length
  const counter =
    left < NEARLY_FULL
      ? t('countLeft', { count: left, n: format.number(left) })
      : t('count', { count: length, n: format.number(length) })
  return (
    <div className="reply-save" data-state={state.name}>
      <span className="reply-save-words">
        {state.name === 'saved' ? <CircleCheck size="1.15em" strokeWidth={1.75} aria-hidden /> : null}
        {state.name === 'failed' ? <TriangleAlert size="1.15em" strokeWidth={1.75} aria-hidden /> : null}
        <span role={state.name === 'failed' ? 'alert' : undefined}>
          {state.name === 'saved' ? t('save.saved', { time: savedTime }) : t(`save.${state.name}`)}
        </span>
        {state.name === 'failed' ? (
          <Button size="small" onPress={onRetry}>
            {t('save.tryNow')}
          </Button>
        ) : null}
      </span>
      <span className="reply-count">{counter}</span>
    </div>
  )
}

/** `09.31.05` */
function useSeconds(at: number): string {
  const { zone, language } = useFormat()
  const seconds = String(Math.floor(at / 1000) % 60).padStart(2, '0')
  return `${clockTime(at, zone, language)}${language === 'id' ? '.' : ':'}${seconds}`
}
