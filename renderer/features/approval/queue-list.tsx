import { useTranslation } from 'react-i18next'
import type { ApprovalItem } from '@shared/ipc/views.ts'
import { Button } from '../../components/button.tsx'
import { Checkbox } from '../../components/checkbox.tsx'
import { Chip, PrivacyChips } from '../../components/chip.tsx'
import { ClockLabel } from '../../components/clock-label.tsx'

interface QueueListProps {
  queue: readonly ApprovalItem[]
  current: string
  chosen: ReadonlySet<string>
  onSelect: (replyId: string) => void
  onChoose: (chosen: ReadonlySet<string>) => void
  onStart: () => void
}

/** The side list: what waits, whose it is, its clock; boxes choose answers for a stack. */
export function QueueList({ queue, current, chosen, onSelect, onChoose, onStart }: QueueListProps) {
  const { t } = useTranslation('approval')
  const decidable = queue.filter((item) => item.mayDecide).map((item) => item.reply.id)
  const picked = decidable.filter((id) => chosen.has(id))
  const toggle = (id: string, on: boolean) => {
    const next = new Set(chosen)
    if (on) next.add(id)
    else next.delete(id)
    onChoose(next)
  }
  return (
    <nav className="approval-side" aria-label={t('listLabel')}>
      {decidable.length > 1 ? (
        <div className="approval-side-head">
          <Checkbox
            isSelected={picked.length === decidable.length}
            isIndeterminate={picked.length > 0 && picked.length < decidable.length}
            onChange={(all) => onChoose(new Set(all ? decidable : []))}
            aria-label={t('selectAll')}
          >
            {picked.length ? t('selected', { count: picked.length }) : t('selectAll')}
          </Checkbox>
          {picked.length ? (
            <Button size="small" variant="primary" onPress={onStart}>
              {t('startBatch')}
            </Button>
          ) : null}
        </div>
      ) : null}
      <ul>
        {queue.map((item) => (
          <li
            key={item.reply.id}
            className="approval-row"
            data-current={item.reply.id === current || undefined}
          >
            {decidable.length > 1 ? (
              <Checkbox
                isSelected={chosen.has(item.reply.id)}
                isDisabled={!item.mayDecide}
                onChange={(on) => toggle(item.reply.id, on)}
                aria-label={`${t('select')}: ${item.report.number}`}
              />
            ) : null}
            <button
              type="button"
              className="approval-row-button"
              aria-current={item.reply.id === current || undefined}
              onClick={() => onSelect(item.reply.id)}
            >
              <QueueRow item={item} />
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function QueueRow({ item }: { item: ApprovalItem }) {
  const { t } = useTranslation(['approval', 'common'])
  return (
    <>
      <span className="approval-row-subject">{item.report.subject}</span>
      <span className="approval-row-line">
        {t(`common:replyKind.${item.reply.kind}`)} · {item.reply.authorName}
      </span>
      <span className="approval-row-line">
        <ClockLabel clock={item.clock} inList />
        <PrivacyChips anonymous={item.report.anonymous} confidential={item.report.confidential} />
        {item.why === 'four_eyes' ? <Chip>{t('own')}</Chip> : null}
        {item.findings.length ? (
          <Chip tone="amber">{t('findings', { count: item.findings.length })}</Chip>
        ) : null}
      </span>
    </>
  )
}
