import { ArrowLeft } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Person } from '@shared/domain/person.ts'
import type { AppStatus, ReplyView, ReportDetail } from '@shared/ipc/views.ts'
import { PrivacyChips } from '../../components/chip.tsx'
import { ClockLabel } from '../../components/clock-label.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { StateLabel } from '../../components/state-label.tsx'
import { openReport } from '../../navigation.ts'
import {
  blankDraft,
  chooseDraft,
  draftsOf,
  draftsOfOthers,
  ofReply,
  type DraftStart,
  type Wanted,
} from './choose-draft.ts'
import { CitizenWords } from './citizen-words.tsx'
import { DraftEditor } from './draft-editor.tsx'
import { SentReplies } from './sent-replies.tsx'

interface ReplyDeskProps {
  detail: ReportDetail
  /** Whether `detail` is the newest; a draft is only chosen from fresh data. */
  fresh: boolean
  status: AppStatus
  person: Person
  wanted: Wanted
}

/** Left the citizen, right the answer. Which draft is open changes only by what the person does. */
export function ReplyDesk({ detail, fresh, status, person, wanted }: ReplyDeskProps) {
  const { t } = useTranslation('reply')
  const [open, setOpen] = useState<{ key: number; start: DraftStart } | null>(null)
  if (!open && fresh) setOpen({ key: 0, start: chooseDraft(detail, person.id, wanted) })
  const start = (next: DraftStart) => setOpen((now) => ({ key: (now?.key ?? 0) + 1, start: next }))
  const { report, state } = detail
  return (
    <div className="reply-screen">
      <PageHeader
        leading={
          <IconButton icon={ArrowLeft} label={t('back')} kbd="Esc" onPress={() => openReport(report.id)} />
        }
        title={report.subject}
        subtitle={
          <span className="row">
            <span>{report.number}</span>
            <StateLabel state={state.state} />
            <PrivacyChips anonymous={state.anonymous} confidential={state.confidential} />
            <ReplyClocks detail={detail} />
          </span>
        }
      />
      <div className="reply-columns">
        <CitizenWords detail={detail} />
        <div className="reply-writing">
          <SentReplies
            replies={detail.replies.filter((reply) => reply.id !== open?.start.replyId)}
            personId={person.id}
            onRewrite={(reply: ReplyView) => start(ofReply(reply, person.id))}
          />
          {open ? (
            <DraftEditor
              key={open.key}
              start={open.start}
              detail={detail}
              agencyName={status.agency?.name ?? ''}
              mine={draftsOf(detail.drafts, person.id)}
              others={draftsOfOthers(detail.drafts, person.id)}
              onOpen={(draft) => start({ ...draft, draftId: draft.id })}
              onNew={() => start(blankDraft(detail, ''))}
              onGone={() => start(blankDraft(detail, ''))}
            />
          ) : (
            <Skeleton count={5} />
          )}
        </div>
      </div>
    </div>
  )
}

function ReplyClocks({ detail }: { detail: ReportDetail }) {
  const { t } = useTranslation('common')
  return (
    <>
      <ClockLabel clock={detail.response} name={t('clock.response')} />
      <ClockLabel clock={detail.settlement} name={t('clock.settlement')} />
    </>
  )
}
