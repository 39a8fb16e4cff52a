import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReplyView } from '@shared/ipc/views.ts'
import { useCommand } from '../../bridge/use-call.ts'
import { Button } from '../../components/button.tsx'
import { PendingChip } from '../../components/chip.tsx'
import { useFormat } from '../../components/format.ts'
import { ReplyStateLabel } from '../../components/state-label.tsx'
import { useSay } from '../../components/toast.tsx'
import { openLetters } from '../../navigation.ts'
import { isRewritable } from './choose-draft.ts'

interface SentRepliesProps {
  replies: readonly ReplyView[]
  personId: string
  onRewrite: (reply: ReplyView) => void
}

/** Answers that have left the drafts, with their state in words and what can still be done. */
export function SentReplies({ replies, personId, onRewrite }: SentRepliesProps) {
  const { t } = useTranslation('reply')
  if (!replies.length) return null
  return (
    <section aria-label={t('replies')} className="reply-sent">
      <ul>
        {replies.map((reply) => (
          <SentReply key={reply.id} reply={reply} own={reply.authorId === personId} onRewrite={onRewrite} />
        ))}
      </ul>
    </section>
  )
}

function SentReply({
  reply,
  own,
  onRewrite,
}: {
  reply: ReplyView
  own: boolean
  onRewrite: (reply: ReplyView) => void
}) {
  const { t } = useTranslation(['reply', 'common'])
  const format = useFormat()
  const toast = useSay()
  const withdraw = useCommand('replies.withdraw')
  const [open, setOpen] = useState(false)
  const at = reply.publishedAt ?? reply.decidedAt ?? reply.submittedAt
  return (
    <li className="reply-sent-item">
      <div className="reply-sent-line">
        <strong>{t(`common:replyKind.${reply.kind}`)}</strong>
        <ReplyStateLabel state={reply.state} />
        {reply.pending ? <PendingChip /> : null}
        <span className="secondary small reply-sent-when">
          {reply.authorName} ·{' '}
          {t(`replyLine.${reply.state}`, { at: format.dateTime(at), name: reply.approverName ?? '' })}
        </span>
        <span className="row">
          <Button size="small" variant="quiet" onPress={() => setOpen(!open)} aria-expanded={open}>
            {open ? t('drafts.hide') : t('drafts.read')}
          </Button>
          {reply.state === 'submitted' && own ? (
            <Button
              size="small"
              busy={withdraw.isPending}
              onPress={() =>
                withdraw.mutate(
                  { replyId: reply.id },
                  {
                    onSuccess: (queued) => toast.sayQueued(t('withdrawn_done'), queued),
                    onError: toast.sayError,
                  },
                )
              }
            >
              {t('withdraw')}
            </Button>
          ) : null}
          {isRewritable(reply) ? (
            <Button size="small" onPress={() => onRewrite(reply)}>
              {t('continueDraft')}
            </Button>
          ) : null}
          {reply.kind === 'final' && (reply.state === 'approved' || reply.state === 'published') ? (
            <Button
              size="small"
              onPress={() => openLetters({ kind: 'reply', report: reply.reportId, reply: reply.id })}
            >
              {t('letter')}
            </Button>
          ) : null}
        </span>
      </div>
      {open ? <p className="reading">{reply.body}</p> : null}
    </li>
  )
}
