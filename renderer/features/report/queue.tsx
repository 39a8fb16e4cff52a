import { useTranslation } from 'react-i18next'
import type { OutboxItem } from '@shared/ipc/views.ts'
import { PendingChip } from '../../components/chip.tsx'
import { Time } from '../../components/time.tsx'
import { useHappened } from './happened.ts'

/** Acts on this report that the hub has not confirmed. */
export function Queue({ items }: { items: readonly OutboxItem[] }) {
  const { t } = useTranslation('report')
  const happened = useHappened()
  const waiting = items.filter((item) => item.state !== 'applied' && item.state !== 'discarded')
  if (waiting.length === 0) return null
  return (
    <section aria-labelledby="queue-title">
      <div className="section-head">
        <h3 id="queue-title">{t('queue')}</h3>
      </div>
      <p className="secondary small">{t('queueMeaning')}</p>
      <ul className="queue">
        {waiting.map((item) => (
          <li key={item.id} className="row">
            <PendingChip />
            <span>
              {item.personName}: {happened(item.kind)}
            </span>
            <span className="secondary small">
              <Time at={item.madeAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
