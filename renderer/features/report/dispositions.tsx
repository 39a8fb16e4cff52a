import { Printer } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { fullName } from '@shared/domain/person.ts'
import type { ReportDetail } from '@shared/ipc/views.ts'
import { Button } from '../../components/button.tsx'
import { Chip } from '../../components/chip.tsx'
import { useFormat } from '../../components/format.ts'
import { PersonName, usePeople } from '../../components/person-name.tsx'
import { Time } from '../../components/time.tsx'
import { openLetters } from '../../navigation.ts'

/** To whom the report was given, with what instructions; each has its printable sheet. */
export function Dispositions({ detail }: { detail: ReportDetail }) {
  const { t } = useTranslation('report')
  const format = useFormat()
  const { byId } = usePeople()
  const { dispositions, report } = detail
  if (dispositions.length === 0) return null
  return (
    <section aria-labelledby="dispositions-title">
      <div className="section-head">
        <h3 id="dispositions-title">{t('dispositions')}</h3>
      </div>
      <ul className="answers">
        {dispositions.map((one) => {
          const people = one.toIds.map((id) => {
            const person = byId(id)
            return person ? fullName(person) : id
          })
          return (
            <li key={one.id} className="answer">
              <div className="row">
                {one.urgency === 'biasa' ? null : <Chip tone="amber">{t(`urgency.${one.urgency}`)}</Chip>}
                <span className="secondary small">
                  <PersonName id={one.fromId} /> · <Time at={one.createdAt} />
                </span>
              </div>
              <p>
                {t('dispositionTo')}: {[...people, ...one.units].join(', ')}
              </p>
              {one.instructions.length > 0 ? (
                <p className="secondary">{one.instructions.join('; ')}</p>
              ) : null}
              {one.note ? <p className="reading">{one.note}</p> : null}
              {one.dueOn ? (
                <p className="secondary small">{t('dispositionDue', { date: format.date(one.dueOn) })}</p>
              ) : null}
              <Button
                size="small"
                icon={Printer}
                onPress={() => openLetters({ kind: 'disposition', report: report.id, disposition: one.id })}
              >
                {t('printSheet')}
              </Button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
