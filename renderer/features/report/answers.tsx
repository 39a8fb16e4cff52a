import { PencilLine } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ReportDetail } from '@shared/ipc/views.ts'
import { Button } from '../../components/button.tsx'
import { PendingChip } from '../../components/chip.tsx'
import { useFormat } from '../../components/format.ts'
import { ReplyStateLabel } from '../../components/state-label.tsx'
import { Time } from '../../components/time.tsx'
import { openReply } from '../../navigation.ts'

/** Answers and drafts in short; the editor is a screen of its own. */
export function Answers({ detail }: { detail: ReportDetail }) {
  const { t } = useTranslation(['report', 'common'])
  const format = useFormat()
  const { report, replies, drafts } = detail
  const offer = detail.actions.find((one) => one.action === 'submit_reply')
  const refusal = offer?.refusal ? t(`refusal.${offer.refusal}`) : undefined
  const draft = drafts.at(-1)
  return (
    <section aria-labelledby="answers-title">
      <div className="section-head">
        <h3 id="answers-title">{t('answers')}</h3>
        <Button
          size="small"
          icon={PencilLine}
          refusal={refusal}
          onPress={() => openReply(report.id, draft?.kind ?? '')}
        >
          {draft ? t('continueDraft') : t('writeAnswer')}
        </Button>
      </div>
      {drafts.map((one) => (
        <p key={one.id} className="secondary small">
          {t('draftSaved', { author: one.authorName, at: format.dateTime(one.savedAt) })}
        </p>
      ))}
      {replies.length === 0 && drafts.length === 0 ? <p className="secondary">{t('noAnswers')}</p> : null}
      <ul className="answers">
        {replies.map((reply) => (
          <li key={reply.id} className="answer">
            <div className="row">
              <ReplyStateLabel state={reply.state} />
              {reply.pending ? <PendingChip /> : null}
              <span className="secondary small">
                {t('answeredBy', { kind: t(`common:replyKind.${reply.kind}`), author: reply.authorName })} ·{' '}
                <Time at={reply.publishedAt ?? reply.decidedAt ?? reply.submittedAt} />
              </span>
            </div>
            <p className="reading answer-body">{reply.body}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
