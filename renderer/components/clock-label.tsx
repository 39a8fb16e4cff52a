import { CircleCheck, CirclePause, Clock3, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from 'react-aria-components'
import { explainClock } from '@shared/domain/explain-clock.ts'
import type { ClockView } from '@shared/ipc/views.ts'
import { useFormat } from './format.ts'
import { Hint } from './tooltip.tsx'
import './clock-label.css'

const ICONS = {
  late: TriangleAlert,
  due_today: Clock3,
  paused: CirclePause,
  met: CircleCheck,
  running: null,
  none: null,
} as const

/** Words of a clock: the short form and the sentence that explains its date. */
export function useClockWords(clock: ClockView): { short: string; sentence: string } {
  const { t } = useTranslation('common')
  const format = useFormat()
  const why = explainClock(clock, format.language)
  const left = clock.workingDaysLeft ?? 0
  switch (clock.status) {
    case 'none':
      return { short: t('clock.none'), sentence: t('clock.noneMeaning') }
    case 'met':
      return {
        short: t('clock.met'),
        sentence: t('clock.metOn', { date: clock.metAt ? format.dayOf(clock.metAt) : '', why }),
      }
    case 'paused':
      return { short: t('clock.paused'), sentence: t('clock.pausedBecause', { why }) }
    default: {
      const sentence = t('clock.dueBecause', { date: clock.dueOn ? format.date(clock.dueOn) : '', why })
      if (clock.status === 'due_today') return { short: t('clock.dueToday'), sentence }
      if (clock.status === 'running') return { short: t('clock.running', { count: left }), sentence }
      return {
        short: left === 0 ? t('clock.lateToday') : t('clock.late', { count: Math.abs(left) }),
        sentence,
      }
    }
  }
}

/**
 * A clock in words with an icon where it matters; hover or focus explains the date. In lists pass `inList`: it is
 * then not a tab stop of its own, and the row carries the sentence.
 */
export function ClockLabel({ clock, name, inList }: { clock: ClockView; name?: string; inList?: boolean }) {
  const { short, sentence } = useClockWords(clock)
  const Icon = ICONS[clock.status]
  const body = (
    <>
      {Icon ? <Icon size="1.05em" strokeWidth={2} aria-hidden /> : null}
      <span>{name ? `${name}: ${short}` : short}</span>
    </>
  )
  if (inList)
    return (
      <span className={`clock clock-${clock.status}`} title={sentence}>
        {body}
      </span>
    )
  return (
    <Hint text={sentence}>
      <Button className={`clock clock-button clock-${clock.status}`}>{body}</Button>
    </Hint>
  )
}
