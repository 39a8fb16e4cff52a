import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { Progress } from '../../components/progress.tsx'
import { currentItem, settle, skip, type Batch } from './batch.ts'
import { BatchSummary } from './batch-summary.tsx'
import { Review } from './review.tsx'

interface BatchRunProps {
  batch: Batch
  onChange: (batch: Batch) => void
  onClose: () => void
}

/** A stack of answers, each seen in full and decided on its own; the summary at the end. */
export function BatchRun({ batch, onChange, onClose }: BatchRunProps) {
  const { t } = useTranslation('approval')
  const item = currentItem(batch)
  if (!item) return <BatchSummary batch={batch} onClose={onClose} />
  const total = batch.items.length
  return (
    <div className="approval-stack">
      <div className="approval-stack-head">
        <Progress label={t('batch.progress', { at: batch.at + 1, total })} value={batch.at / total} />
        <Button size="small" onPress={() => onChange({ ...batch, at: total })}>
          {t('batch.stop')}
        </Button>
      </div>
      <Review
        key={item.reply.id}
        item={item}
        onDecided={(result) => onChange(settle(batch, result))}
        onFailed={(code) => onChange(settle(batch, { outcome: 'failed', code }))}
        more={
          <Button variant="quiet" onPress={() => onChange(skip(batch))}>
            {t('skip')}
          </Button>
        }
      />
    </div>
  )
}
