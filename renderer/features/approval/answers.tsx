import { CheckCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApprovalItem } from '@shared/ipc/views.ts'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { useHotkeys } from '../../components/hotkeys.ts'
import { go, showHere, useLocation } from '../../navigation.ts'
import { startBatch, type Batch } from './batch.ts'
import { BatchRun } from './batch-run.tsx'
import { QueueList } from './queue-list.tsx'
import { Review } from './review.tsx'

/** Answers waiting: a list at the side, one answer at full width, or a stack of chosen ones. */
export function Answers({ queue }: { queue: readonly ApprovalItem[] }) {
  const { t } = useTranslation('approval')
  const { params } = useLocation()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [batch, setBatch] = useState<Batch | null>(null)
  const found = queue.findIndex((item) => item.reply.id === params.reply)
  const at = found === -1 ? 0 : found
  const item = queue[at]
  const select = (index: number) => {
    const next = queue[Math.max(0, Math.min(queue.length - 1, index))]
    if (next) showHere({ reply: next.reply.id })
  }
  useHotkeys({ ArrowDown: () => select(at + 1), ArrowUp: () => select(at - 1) }, batch === null)

  if (batch)
    return (
      <BatchRun
        batch={batch}
        onChange={setBatch}
        onClose={() => {
          setBatch(null)
          setChosen(new Set())
        }}
      />
    )
  if (!item)
    return (
      <EmptyState
        icon={CheckCheck}
        title={t('emptyTitle')}
        action={<Button onPress={() => go('inbox')}>{t('emptyAction')}</Button>}
      >
        <p>{t('emptyText')}</p>
      </EmptyState>
    )
  return (
    <div className="approval-split">
      <QueueList
        queue={queue}
        current={item.reply.id}
        chosen={chosen}
        onSelect={(id) => showHere({ reply: id })}
        onChoose={setChosen}
        onStart={() => setBatch(startBatch(queue, chosen))}
      />
      <Review
        key={`${item.reply.id}-${item.reply.hash}`}
        item={item}
        onDecided={() => select(at + 1 < queue.length ? at + 1 : at - 1)}
      />
    </div>
  )
}
