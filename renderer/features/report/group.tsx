import { useTranslation } from 'react-i18next'
import type { ReportDetail } from '@shared/ipc/views.ts'
import { Button } from '../../components/button.tsx'
import { Chip } from '../../components/chip.tsx'
import { openReport } from '../../navigation.ts'

/** The other reports of a duplicate group; the lead's answer reaches every member. */
export function Group({ detail }: { detail: ReportDetail }) {
  const { t } = useTranslation('report')
  const others = detail.group.filter((one) => one.id !== detail.report.id)
  if (others.length === 0) return null
  return (
    <section aria-labelledby="group-title">
      <div className="section-head">
        <h3 id="group-title">{t('groupTitle')}</h3>
      </div>
      <p className="secondary small">{t('groupMeaning')}</p>
      <ul className="group-list">
        {others.map((one) => (
          <li key={one.id} className="row">
            <Button size="small" variant="quiet" onPress={() => openReport(one.id)}>
              {one.number} · {one.subject}
            </Button>
            {one.lead ? <Chip>{t('lead')}</Chip> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
