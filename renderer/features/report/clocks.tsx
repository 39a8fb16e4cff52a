import { useTranslation } from 'react-i18next'
import type { ClockView, ReportDetail } from '@shared/ipc/views.ts'
import { ClockLabel, useClockWords } from '../../components/clock-label.tsx'
import { useFormat } from '../../components/format.ts'

/** The clocks in words, each with the sentence that explains its date. */
export function Clocks({ detail }: { detail: ReportDetail }) {
  const { t } = useTranslation(['report', 'common'])
  const format = useFormat()
  const { verify, response, settlement, state } = detail
  return (
    <section className="clocks" aria-label={t('clocks')}>
      {state.state === 'received' ? <ClockLine name={t('common:clock.verify')} clock={verify} /> : null}
      <ClockLine name={t('common:clock.response')} clock={response} />
      <ClockLine name={t('common:clock.settlement')} clock={settlement} />
      {state.reviewOn ? (
        <p className="secondary">{t('reviewOn', { date: format.date(state.reviewOn) })}</p>
      ) : null}
    </section>
  )
}

function ClockLine({ name, clock }: { name: string; clock: ClockView }) {
  const { sentence } = useClockWords(clock)
  return (
    <div className="clock-line">
      <span className="clock-name">{name}</span>
      <ClockLabel clock={clock} inList />
      <span className="clock-why">{sentence}</span>
    </div>
  )
}
