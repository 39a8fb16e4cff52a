import { useTranslation } from 'react-i18next'
import { formatNumber } from '@shared/domain/locale.ts'
import { useCall } from '../../bridge/use-call.ts'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { fileSize } from '../../components/file-size.ts'
import { useFormat } from '../../components/format.ts'
import { Skeleton } from '../../components/skeleton.tsx'
import { carrierWords, resultWords } from './code-words.ts'
import '../../components/table.css'

/** Every exchange with the hub: when, by which carrier, how it ended, how much and how long. */
export function LinkLog() {
  const { t } = useTranslation(['sync-center', 'common'])
  const format = useFormat()
  const log = useCall('sync.log', { limit: 200 })
  if (log.error) return <ErrorBanner error={log.error} onRetry={() => void log.refetch()} />
  if (!log.data) return <Skeleton shape="row" count={6} />
  if (!log.data.length) return <p className="secondary">{t('log.empty')}</p>
  return (
    <div className="stack-small">
      <p className="small secondary">{t('log.note')}</p>
      <table className="table">
        <thead>
          <tr>
            <th>{t('log.at')}</th>
            <th>{t('log.carrier')}</th>
            <th>{t('log.result')}</th>
            <th className="table-number">{t('log.sent')}</th>
            <th className="table-number">{t('log.received')}</th>
            <th className="table-number">{t('log.up')}</th>
            <th className="table-number">{t('log.down')}</th>
            <th className="table-number">{t('log.duration')}</th>
          </tr>
        </thead>
        <tbody>
          {log.data.map((row) => (
            <tr key={row.id}>
              <td className="table-nowrap">{format.dateTime(row.at)}</td>
              <td>{carrierWords(t, row.carrier)}</td>
              <td>{resultWords(t, row.result)}</td>
              <td className="table-number">{format.number(row.sent)}</td>
              <td className="table-number">{format.number(row.received)}</td>
              <td className="table-number table-nowrap">{fileSize(row.bytesUp, format.language)}</td>
              <td className="table-number table-nowrap">{fileSize(row.bytesDown, format.language)}</td>
              <td className="table-number table-nowrap">
                {t('log.seconds', { n: formatNumber(row.durationMs / 1000, format.language, 1) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
