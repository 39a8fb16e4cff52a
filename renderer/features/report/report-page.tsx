import { useRef, useState, type ComponentType, type KeyboardEvent } from 'react'
import type { ReportDetail } from '@shared/ipc/views.ts'
import { openReply } from '../../navigation.ts'
import { ActForm, type InPlaceAction } from './act-form.tsx'
import { ActionBar } from './action-bar.tsx'
import type { DeskAction } from './actions.ts'
import { Answers } from './answers.tsx'
import { CitizenWords } from './citizen-words.tsx'
import { Clocks } from './clocks.tsx'
import { Dispositions } from './dispositions.tsx'
import { Group } from './group.tsx'
import { Header } from './header.tsx'
import { Letters } from './letters.tsx'
import { Notices } from './notices.tsx'
import { Queue } from './queue.tsx'
import { Timeline } from './timeline.tsx'

export interface DispositionFormProps {
  detail: ReportDetail
  onClose: () => void
}

interface ReportPageProps {
  detail: ReportDetail
  onBack: () => void
  dispositionForm: ComponentType<DispositionFormProps>
}

/** Head, actions, the form that is open, then the report: words first, history and papers below. */
export function ReportPage({ detail, onBack, dispositionForm: DispositionForm }: ReportPageProps) {
  const [asking, setAsking] = useState<Exclude<DeskAction, 'submit_reply'> | null>(null)
  const start = (action: DeskAction) => {
    if (action === 'submit_reply') writeAnswer(detail)
    else setAsking(action)
  }
  const body = useRef<HTMLDivElement>(null)
  const close = () => {
    setAsking(null)
    // The form took the focus with it; the report gets it, so that keys and scrolling go on.
    body.current?.focus({ preventScroll: true })
  }
  /** Escape takes back the last thing opened: first what is asked here, only then the report. */
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const isMine = asking !== null && event.currentTarget.contains(event.target as Node)
    if (event.key !== 'Escape' || event.defaultPrevented || !isMine) return
    event.preventDefault()
    close()
  }
  return (
    <article className="report" aria-labelledby="report-subject">
      <div className="report-top">
        <Header detail={detail} onBack={onBack} />
        <ActionBar detail={detail} active={asking} onStart={start} />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys that bubble from what is asked in it */}
      <div ref={body} className="report-body" tabIndex={-1} onKeyDown={onKeyDown}>
        {asking === 'dispose' ? (
          <DispositionForm detail={detail} onClose={close} />
        ) : asking ? (
          <ActForm key={asking} action={asking satisfies InPlaceAction} detail={detail} onClose={close} />
        ) : null}
        <Notices detail={detail} />
        <Clocks detail={detail} />
        <CitizenWords detail={detail} />
        <Answers detail={detail} />
        <Group detail={detail} />
        <Dispositions detail={detail} />
        <Letters detail={detail} />
        <Timeline entries={detail.entries} />
        <Queue items={detail.outbox} />
      </div>
    </article>
  )
}

// An answer that came back is what has to be written now, so the editor starts from it.
function writeAnswer({ report, replies }: ReportDetail) {
  const last = replies.at(-1)
  if (last?.state === 'returned' || last?.state === 'voided') openReply(report.id, last.kind, last.id)
  else openReply(report.id)
}
