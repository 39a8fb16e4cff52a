import { useTranslation } from 'react-i18next'
import type { OutboxItem } from '@shared/ipc/views.ts'
import { Button } from '../../components/button.tsx'
import { useFormat } from '../../components/format.ts'
import { openReport } from '../../navigation.ts'
import { carrierWords, kindWords, reasonWords } from './code-words.ts'
import { ConflictChoice } from './conflict-choice.tsx'
import { ItemActions } from './item-actions.tsx'
import { ItemState } from './item-state.tsx'

/** One act on its way: what, on which report, by whom, how far, and the hub's receipt or reason. */
export function LedgerItem({ item }: { item: OutboxItem }) {
  const { t } = useTranslation(['sync-center', 'common'])
  const format = useFormat()
  const { reportId } = item
  const travel = [
    item.receiptAt
      ? t('receiptAt', { at: format.dateTime(item.receiptAt) })
      : item.sentAt
        ? t(item.state === 'sending' ? 'sentAt' : 'triedAt', { at: format.dateTime(item.sentAt) })
        : '',
    item.carrier ? t('via', { carrier: carrierWords(t, item.carrier) }) : '',
    item.attempts > 1 ? t('attempts', { count: item.attempts }) : '',
  ].filter(Boolean)
  return (
    <li className="ledger-item">
      <div className="ledger-what">
        <strong>{kindWords(t, item.kind)}</strong>
        {reportId ? (
          <button type="button" className="ledger-report" onClick={() => openReport(reportId)}>
            {[item.reportNumber, item.reportSubject].filter(Boolean).join(' · ')}
          </button>
        ) : null}
        <span className="ledger-quiet">
          {t('madeBy', { name: item.personName, at: format.dateTime(item.madeAt) })}
        </span>
      </div>
      <div className="ledger-state">
        <ItemState state={item.state} name={item.personName} />
        {travel.length ? <span className="ledger-quiet">{travel.join(' · ')}</span> : null}
      </div>
      <ItemActions item={item} />
      {item.reason && item.state !== 'applied' ? (
        <p className="ledger-reason">
          {item.dependsOn
            ? t('dependsOn', { act: kindWords(t, item.dependsOn) })
            : reasonWords(t, item.reason)}
        </p>
      ) : null}
      {item.state === 'conflict' && item.conflict ? (
        <ConflictChoice id={item.id} fields={item.conflict} />
      ) : null}
      {item.state === 'conflict' && !item.conflict ? (
        <div className="row ledger-wide">
          <Button onPress={() => reportId && openReport(reportId)}>{t('openReport')}</Button>
        </div>
      ) : null}
    </li>
  )
}
