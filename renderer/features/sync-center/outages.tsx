import { FileDown } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutageReport } from '@shared/ipc/link-views.ts'
import { useCall, useCommand } from '../../bridge/use-call.ts'
import { Button } from '../../components/button.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { useFormat } from '../../components/format.ts'
import { Select } from '../../components/select.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { useSay } from '../../components/toast.tsx'
import { resultWords } from './code-words.ts'

const PERIODS = [7, 31, 92, 366] as const

/** Stretches without the hub, their total per day, and the statement that proves them on paper. */
export function Outages() {
  const { t } = useTranslation(['sync-center', 'common'])
  const toast = useSay()
  const [days, setDays] = useState<number>(31)
  const report = useCall('sync.outages', { days })
  const statement = useCommand('sync.statement')
  return (
    <section className="stack-small">
      <h2>{t('outages.title')}</h2>
      <div className="row outages-tools">
        <Select
          label={t('outages.period')}
          value={String(days)}
          onChange={(id) => setDays(Number(id))}
          options={PERIODS.map((count) => ({ id: String(count), label: t('outages.days', { count }) }))}
        />
        <Button
          icon={FileDown}
          busy={statement.isPending}
          onPress={() =>
            statement.mutate(
              { days },
              {
                onSuccess: ({ saved }) => (saved ? toast.say(t('outages.saved')) : undefined),
                onError: toast.sayError,
              },
            )
          }
        >
          {t('outages.statement')}
        </Button>
      </div>
      {report.error ? (
        <ErrorBanner error={report.error} onRetry={() => void report.refetch()} />
      ) : report.data ? (
        <OutageTables report={report.data} />
      ) : (
        <Skeleton shape="row" count={2} />
      )}
      <p className="small secondary">{t('outages.method')}</p>
    </section>
  )
}

function OutageTables({ report }: { report: OutageReport }) {
  const { t } = useTranslation(['sync-center', 'common'])
  const format = useFormat()
  if (report.outages.length === 0)
    return <p className="secondary">{t('outages.none', { since: format.dayOf(report.since) })}</p>
  const long = (ms: number) => {
    const minutes = Math.round(ms / 60_000)
    if (minutes < 60) return t('outages.lengthMinutes', { minutes })
    return t('outages.length', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
  }
  return (
    <>
      <p>{t('outages.total', { count: report.outages.length, long: long(report.totalMs) })}</p>
      <table className="table">
        <caption className="visually-hidden">{t('outages.title')}</caption>
        <thead>
          <tr>
            <th>{t('outages.from')}</th>
            <th>{t('outages.to')}</th>
            <th className="table-number">{t('outages.long')}</th>
            <th className="table-number">{t('outages.tries')}</th>
            <th>{t('outages.why')}</th>
          </tr>
        </thead>
        <tbody>
          {report.outages.map((outage) => (
            <tr key={outage.from}>
              <td className="table-nowrap">{format.dateTime(outage.from)}</td>
              <td className="table-nowrap">
                {outage.to === null ? t('outages.still') : format.dateTime(outage.to)}
              </td>
              <td className="table-number table-nowrap">
                {long(outage.watchedMs)}
                {outage.unwatchedMs > 0 ? (
                  <span className="ledger-quiet">
                    {' '}
                    {t('outages.closed', { long: long(outage.unwatchedMs) })}
                  </span>
                ) : null}
              </td>
              <td className="table-number">{format.number(outage.tries)}</td>
              <td>{outage.reasons.map((code) => resultWords(t, code)).join('; ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className="table outages-days">
        <caption>{t('outages.perDay')}</caption>
        <thead>
          <tr>
            <th>{t('outages.day')}</th>
            <th className="table-number">{t('outages.count')}</th>
            <th className="table-number">{t('outages.long')}</th>
          </tr>
        </thead>
        <tbody>
          {report.days.map((day) => (
            <tr key={day.date}>
              <td className="table-nowrap">{format.date(day.date)}</td>
              <td className="table-number">{format.number(day.outages)}</td>
              <td className="table-number table-nowrap">{long(day.ms)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
