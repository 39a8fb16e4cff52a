import { useTranslation } from 'react-i18next'
import type { Output } from '@shared/ipc/contract.ts'
import type { LetterView } from '@shared/ipc/views.ts'
import { useFormat } from '../../components/format.ts'
import { openLetters, openReport } from '../../navigation.ts'
import { registerRows, type RegisterRow } from './register-rows.ts'
import '../../components/table.css'

/** The book as it would be printed: number, date, addressee, subject, state; missing numbers have their own lines. */
export function RegisterTable({ register }: { register: Output<'letters.register'> }) {
  const { t } = useTranslation('register')
  return (
    <table className="table">
      <caption className="visually-hidden">{t('title')}</caption>
      <colgroup>
        {['agenda', 'number', 'date', 'addressee', 'subject', 'report', 'state'].map((name) => (
          <col key={name} className={`register-col-${name}`} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <th className="table-number">{t('agenda')}</th>
          <th>{t('number')}</th>
          <th>{t('date')}</th>
          <th>{t('addressee')}</th>
          <th>{t('subject')}</th>
          <th>{t('report')}</th>
          <th>{t('state')}</th>
        </tr>
      </thead>
      <tbody>
        {registerRows(register).map((row) =>
          row.type === 'letter' ? (
            <LetterLine key={row.letter.id} letter={row.letter} />
          ) : (
            <GapLine key={`gap-${row.n}`} row={row} />
          ),
        )}
      </tbody>
    </table>
  )
}

function LetterLine({ letter }: { letter: LetterView }) {
  const { t } = useTranslation('register')
  const format = useFormat()
  const voided = letter.state === 'void'
  return (
    <tr className={voided ? 'register-void' : undefined}>
      <td className="table-number table-nowrap">
        {letter.n}
        {letter.suffix}
      </td>
      <td>
        <button
          type="button"
          className="register-link"
          aria-label={t('open', { number: letter.number ?? '' })}
          onClick={() => openLetters({ letter: letter.id })}
        >
          {letter.number}
        </button>
      </td>
      <td>{format.date(letter.date)}</td>
      <td>{letter.addressee}</td>
      <td>{letter.subject}</td>
      <td>
        <button type="button" className="register-link" onClick={() => openReport(letter.reportId)}>
          {letter.reportNumber}
        </button>
      </td>
      <td>
        {voided
          ? t('void', { reason: letter.voidReason ?? '' })
          : letter.pending
            ? t('pending')
            : t('issued')}
      </td>
    </tr>
  )
}

function GapLine({ row }: { row: Extract<RegisterRow, { type: 'gap' }> }) {
  const { t } = useTranslation('register')
  return (
    <tr className={row.why === 'unexplained' ? 'register-gap register-gap-open' : 'register-gap'}>
      <td className="table-number table-nowrap">
        {row.n === row.to ? row.n : t('gapRange', { from: row.n, to: row.to })}
      </td>
      <td colSpan={6}>{t(`gap.${row.why}`)}</td>
    </tr>
  )
}
