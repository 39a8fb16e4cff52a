import { CircleCheck, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Output } from '@shared/ipc/contract.ts'

/** What the book holds, whether a number is missing, and which numbers this computer still has. */
export function RegisterSummary({ register }: { register: Output<'letters.register'> }) {
  const { t } = useTranslation('register')
  const issued = register.rows.filter((row) => row.state === 'issued').length
  const voided = register.rows.filter((row) => row.state === 'void').length
  const unexplained = register.gaps.filter((gap) => gap.why === 'unexplained').length
  const lost = register.gaps.filter((gap) => gap.why === 'restored').length
  return (
    <div className="register-summary">
      <p className="row">
        <strong>{t('count', { count: issued })}</strong>
        {voided ? <span className="secondary">{t('voidCount', { count: voided })}</span> : null}
        {lost ? <span className="secondary">{t('restoredCount', { count: lost })}</span> : null}
        {unexplained ? (
          <span className="row register-missing">
            <TriangleAlert size="1.15em" strokeWidth={1.75} aria-hidden />
            {t('unexplainedCount', { count: unexplained })}
          </span>
        ) : lost ? null : (
          <span className="row register-whole">
            <CircleCheck size="1.15em" strokeWidth={1.75} aria-hidden />
            {t('noGap')}
          </span>
        )}
      </p>
      <p className="small secondary">
        {t('leases')}:{' '}
        {register.leases.length
          ? register.leases.map(({ from, to, left }) => t('lease', { from, to, count: left })).join('; ') +
            '.'
          : t('leaseNone')}{' '}
        {t('leaseWhy')}
      </p>
    </div>
  )
}
