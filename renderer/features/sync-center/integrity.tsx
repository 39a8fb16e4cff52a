import { useTranslation } from 'react-i18next'
import type { SyncStatus } from '@shared/ipc/views.ts'
import { useCall } from '../../bridge/use-call.ts'
import { Banner } from '../../components/banner.tsx'
import { Button } from '../../components/button.tsx'
import { useFormat } from '../../components/format.ts'
import { skewOf } from './ledger.ts'

/** What can be proved here: the clock, that no entry of the record was altered (AUDIT-01), that the database is whole. */
export function Integrity({ status }: { status: SyncStatus }) {
  return (
    <div className="integrity">
      <ClockCheck skewMs={status.clockSkewMs} />
      <AuditCheck />
      <DatabaseCheck last={status.fullCheck} />
    </div>
  )
}

function ClockCheck({ skewMs }: { skewMs: number | null }) {
  const { t } = useTranslation('sync-center')
  const skew = skewMs === null ? null : skewOf(skewMs)
  const amount = skew ? t(`clock.${skew.unit}`, { count: skew.count }) : ''
  return (
    <section className="stack-small">
      <h2>{t('clock.title')}</h2>
      {skew && skewMs !== null ? (
        <Banner
          tone={skew.unit === 'seconds' ? 'info' : 'warning'}
          title={t(skewMs > 0 ? 'clock.ahead' : 'clock.behind', { amount })}
        >
          <p>{t('clock.safe')}</p>
        </Banner>
      ) : (
        <Banner
          tone={skewMs === null ? 'info' : 'success'}
          title={skewMs === null ? t('clock.unknown') : t('clock.good')}
        />
      )}
    </section>
  )
}

function AuditCheck() {
  const { t } = useTranslation('sync-center')
  const format = useFormat()
  const audit = useCall('audit.verify', {})
  const result = audit.data
  return (
    <section className="stack-small">
      <h2>{t('audit.title')}</h2>
      {audit.isFetching ? (
        <p className="secondary">{t('audit.checking')}</p>
      ) : audit.error ? (
        <Banner live tone="error" title={t('audit.failed')} />
      ) : result?.intact ? (
        <Banner
          tone="success"
          title={t('audit.intact', { count: result.entries, n: format.number(result.entries) })}
        >
          <p>
            {result.anchoredThrough
              ? t('audit.anchored', {
                  count: result.anchoredThrough,
                  n: format.number(result.anchoredThrough),
                })
              : t('audit.anchoredNone')}
          </p>
        </Banner>
      ) : result ? (
        <Banner live tone="error" title={t('audit.broken', { n: format.number(result.brokenAt ?? 0) })}>
          <p>{t('audit.brokenDo')}</p>
        </Banner>
      ) : null}
      <div>
        <Button busy={audit.isFetching} onPress={() => void audit.refetch()}>
          {t('audit.check')}
        </Button>
      </div>
    </section>
  )
}

function DatabaseCheck({ last }: { last: SyncStatus['fullCheck'] }) {
  const { t } = useTranslation('sync-center')
  const format = useFormat()
  return (
    <section className="stack-small">
      <h2>{t('database.title')}</h2>
      {last ? (
        <Banner
          tone={last.ok ? 'success' : 'warning'}
          title={t(last.ok ? 'database.good' : 'database.damaged', { when: format.dateTime(last.at) })}
        >
          <p>{t(last.ok ? 'database.weekly' : 'database.again')}</p>
        </Banner>
      ) : (
        <Banner tone="info" title={t('database.none')} />
      )}
    </section>
  )
}
