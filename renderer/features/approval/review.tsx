import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReactNode } from 'react'
import type { ApprovalItem } from '@shared/ipc/views.ts'
import { codeOf } from '../../bridge/call.ts'
import { Banner } from '../../components/banner.tsx'
import { Button } from '../../components/button.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { useHotkeys } from '../../components/hotkeys.ts'
import { Kbd } from '../../components/kbd.tsx'
import { AnswerInFull } from './answer-in-full.tsx'
import { ApproveDialog } from './approve-dialog.tsx'
import { ReturnForm } from './return-form.tsx'
import { useDecision } from './use-decision.ts'
import type { BatchResult } from './batch.ts'

interface ReviewProps {
  item: ApprovalItem
  onDecided: (result: BatchResult) => void
  onFailed?: (code: string) => void
  /** More buttons at the end of the bar, e.g. "Lewati". */
  more?: ReactNode
}

/** One answer with everything needed to decide, and the two keys. */
export function Review({ item, onDecided, onFailed, more }: ReviewProps) {
  const { t } = useTranslation('approval')
  const [step, setStep] = useState<'read' | 'approve' | 'return'>('read')
  const decision = useDecision({
    item,
    onApproved: (queued) => onDecided({ outcome: 'approved', mutationId: queued.mutationId }),
    onReturned: (queued) => onDecided({ outcome: 'returned', mutationId: queued.mutationId }),
    onFailed: (error) => {
      setStep('read')
      onFailed?.(codeOf(error))
    },
  })
  const refusal = item.why ? t(`why.${item.why}`) : undefined
  const ask = (next: 'approve' | 'return') => {
    decision.clearError()
    if (item.mayDecide) setStep(next)
  }
  useHotkeys({ s: () => ask('approve'), k: () => ask('return') }, step === 'read')
  return (
    <article className="approval-review" aria-label={item.report.number}>
      <AnswerInFull item={item} />
      <footer className="approval-bar">
        {decision.error && codeOf(decision.error) === 'stale_content' ? (
          <Banner live tone="error" title={t('stale')} />
        ) : (
          <ErrorBanner error={decision.error} />
        )}
        {step === 'return' ? (
          <ReturnForm
            name={item.reply.authorName}
            busy={decision.busy}
            onSend={(reason) => decision.giveBack(reason)}
            onCancel={() => setStep('read')}
          />
        ) : (
          <div className="approval-buttons">
            <Button
              variant="primary"
              kbd="S"
              refusal={refusal}
              busy={decision.busy}
              onPress={() => ask('approve')}
            >
              {t('approve')}
            </Button>
            <Button kbd="K" refusal={refusal} onPress={() => ask('return')}>
              {t('return')}
            </Button>
            {more}
            {refusal ? (
              <p className="small approval-why">{refusal}</p>
            ) : (
              <p className="small secondary approval-keys">
                <Kbd keys="↑" /> <Kbd keys="↓" /> {t('keysMove')}
              </p>
            )}
          </div>
        )}
      </footer>
      <ApproveDialog
        item={item}
        isOpen={step === 'approve'}
        busy={decision.busy}
        onConfirm={decision.approve}
        onClose={() => setStep('read')}
      />
    </article>
  )
}
