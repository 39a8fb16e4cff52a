import { MapPin } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReportDetail } from '@shared/ipc/views.ts'
import { useCall } from '../../bridge/use-call.ts'
import { Button } from '../../components/button.tsx'
import { Time } from '../../components/time.tsx'
import { IdentityDialog } from './identity-dialog.tsx'
import { Photos } from './photos.tsx'

const MAY_REVEAL = ['supervisor', 'agency_admin']

/** The citizen's own words, who wrote them (unless hidden), where, and the photos. */
export function CitizenWords({ detail }: { detail: ReportDetail }) {
  const { t } = useTranslation(['report', 'common'])
  const { data: status } = useCall('app.status', {})
  const [revealing, setRevealing] = useState(false)
  const { report, state } = detail
  const mayReveal = state.anonymous && status?.person?.roles.some((role) => MAY_REVEAL.includes(role))
  const who = state.anonymous
    ? t('reporterHidden')
    : report.reporter
      ? t('from', { name: report.reporter.name })
      : t('reporterUnknown')
  return (
    <section className="citizen" aria-labelledby="citizen-title">
      <div className="section-head">
        <h3 id="citizen-title">{t('citizen')}</h3>
        <span className="secondary small">
          {who} · {t(`common:channel.${report.channel}`)} · <Time at={report.requestedAt} />
        </span>
        {mayReveal ? (
          <Button size="small" variant="quiet" onPress={() => setRevealing(true)}>
            {t('reveal')}
          </Button>
        ) : null}
      </div>
      <p className="reading" lang="id">
        {report.body}
      </p>
      {report.address || report.lat !== null ? (
        <p className="citizen-place">
          <MapPin size="1.1em" strokeWidth={1.75} aria-hidden />
          <span>
            {report.address}
            {report.lat !== null && report.lon !== null ? (
              <span className="secondary small">
                {' '}
                {t('coordinates', { lat: report.lat.toFixed(5), lon: report.lon.toFixed(5) })}
              </span>
            ) : null}
          </span>
        </p>
      ) : null}
      {report.attachments.length > 0 ? (
        <Photos reportId={report.id} attachments={report.attachments} />
      ) : null}
      <IdentityDialog reportId={report.id} isOpen={revealing} onClose={() => setRevealing(false)} />
    </section>
  )
}
