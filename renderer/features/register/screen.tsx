import { BookOpen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../bridge/use-call.ts'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { useFormat } from '../../components/format.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { Select } from '../../components/select.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { go, showHere, useLocation } from '../../navigation.ts'
import { RegisterSummary } from './register-summary.tsx'
import { RegisterTable } from './register-table.tsx'
import './register.css'

/** Years that can be looked at, newest first; the register began in 2025. */
const yearsUntil = (year: number) =>
  Array.from({ length: Math.max(1, year - 2024) }, (_, n) => String(year - n))

/** The outgoing register of a year: every number has its line. Parameter: `year`. */
export default function RegisterScreen() {
  const { t } = useTranslation('register')
  const { params } = useLocation()
  const format = useFormat()
  const thisYear = Number(format.today().slice(0, 4))
  const year = /^\d{4}$/.test(params.year ?? '') ? Number(params.year) : thisYear
  const register = useCall('letters.register', { year }, { keepPrevious: true })
  const empty = register.data && !register.data.rows.length && !register.data.gaps.length
  return (
    <div className="page register">
      <PageHeader
        title={t('title')}
        subtitle={register.data?.registerName}
        actions={
          <Select
            label={t('year')}
            hideLabel
            options={yearsUntil(Math.max(thisYear, year)).map((id) => ({ id, label: `${t('year')} ${id}` }))}
            value={String(year)}
            onChange={(next) => showHere({ year: next })}
          />
        }
      />
      <div className="page-content stack">
        <ErrorBanner error={register.error} onRetry={() => void register.refetch()} />
        {register.data ? <RegisterSummary register={register.data} /> : null}
        {empty ? (
          <EmptyState
            icon={BookOpen}
            title={t('emptyTitle', { year })}
            action={<Button onPress={() => go('letters')}>{t('emptyAction')}</Button>}
          >
            <p>{t('emptyText')}</p>
          </EmptyState>
        ) : register.data ? (
          <RegisterTable register={register.data} />
        ) : register.error ? null : (
          <Skeleton shape="row" count={6} />
        )}
      </div>
    </div>
  )
}
