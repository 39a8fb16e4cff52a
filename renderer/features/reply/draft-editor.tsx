import { Send } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MAX_REPLY } from '@shared/domain/report.ts'
import type { Draft, Finding, ReportDetail } from '@shared/ipc/views.ts'
import { Button } from '../../components/button.tsx'
import { CitizenView } from '../../components/citizen-view.tsx'
import { useHotkeys } from '../../components/hotkeys.ts'
import { say } from '../../components/toast.tsx'
import { openReport } from '../../navigation.ts'
import type { DraftStart } from './choose-draft.ts'
import { ChecksPanel } from './checks-panel.tsx'
import { DiscardButton } from './discard-button.tsx'
import { EditorToolbar } from './editor-toolbar.tsx'
import { markFindings } from './findings.ts'
import { insertText, revealRange } from './insert-text.ts'
import { OtherDrafts } from './other-drafts.tsx'
import { OwnAttachments, type RefusedFile } from './own-attachments.tsx'
import { SaveWords } from './save-words.tsx'
import { StartNote } from './start-note.tsx'
import { SubmitDialog } from './submit-dialog.tsx'
import { useChecks } from './use-checks.ts'
import { useDraft } from './use-draft.ts'

interface DraftEditorProps {
  start: DraftStart
  detail: ReportDetail
  agencyName: string
  mine: readonly Draft[]
  others: readonly Draft[]
  onOpen: (draft: Draft) => void
  onNew: () => void
  /** The open draft was thrown away. */
  onGone: () => void
}

/** The text, its checks beside it, what the citizen will read beneath it, and the way to the supervisor. */
export function DraftEditor(props: DraftEditorProps) {
  const { start, detail, agencyName, mine, others, onOpen, onNew, onGone } = props
  const { t } = useTranslation(['reply', 'common'])
  const { report, state } = detail
  const draft = useDraft(report.id, start)
  const { body, kind, attachments } = draft.content
  const checks = useChecks(report.id, body)
  const area = useRef<HTMLTextAreaElement>(null)
  const [refused, setRefused] = useState<readonly RefusedFile[]>([])
  const [submitting, setSubmitting] = useState(false)

  const offer = detail.actions.find((action) => action.action === 'submit_reply')
  const refusal = offer?.refusal
    ? t(`refusal.${offer.refusal}`, { state: t(`common:state.${state.state}`) })
    : body.trim()
      ? undefined
      : t('findingWhy.empty')
  const insert = (text: string, words: string) => {
    if (!area.current) return
    if (area.current.value.length + text.length + 2 > MAX_REPLY) return say(t('tooLong'), 'error')
    draft.change({ body: insertText(area.current, text) })
    say(words)
  }
  const submit = () => {
    if (!refusal) setSubmitting(true)
  }
  useHotkeys({ 'Ctrl+Enter': submit, Escape: () => openReport(report.id) })
  const jump = (finding: Finding) => {
    if (area.current) revealRange(area.current, finding.start, finding.end)
  }

  return (
    <section className="reply-editor" aria-label={t('answer')}>
      <StartNote detail={detail} replyId={start.replyId} />
      <EditorToolbar
        reportId={report.id}
        kind={kind}
        attachments={attachments}
        onKind={(next) => draft.change({ kind: next })}
        onTemplate={(text) => insert(text, t('templateAdded'))}
        onAttach={(added, notAdded) => {
          if (added.length) draft.change({ attachments: [...attachments, ...added].slice(0, 10) })
          setRefused(notAdded)
        }}
      />
      <div className="reply-text">
        <textarea
          ref={area}
          className="field-input reply-area"
          aria-label={t('body')}
          placeholder={t('placeholder')}
          value={body}
          maxLength={MAX_REPLY}
          onChange={(event) => draft.change({ body: event.target.value })}
          onBlur={() => void draft.flush()}
        />
        <ChecksPanel checks={checks} body={body} onJump={jump} />
      </div>
      <OwnAttachments
        attachments={attachments}
        refused={refused}
        onRemove={(sha256) => draft.change({ attachments: attachments.filter((a) => a.sha256 !== sha256) })}
        onDismiss={() => setRefused([])}
      />
      <CitizenView
        kind={kind}
        reportNumber={report.number}
        agencyName={agencyName}
        attachments={attachments}
        anonymous={state.anonymous}
        confidential={state.confidential}
        empty={!body.trim()}
      >
        {markFindings(body, checks?.of === body ? checks.findings : []).map((part, index) =>
          part.finding ? <mark key={index}>{part.text}</mark> : part.text,
        )}
      </CitizenView>
      <OtherDrafts
        mine={mine.filter((other) => other.id !== draft.draftId())}
        others={others}
        onOpen={onOpen}
        onNew={onNew}
        onCopy={(text) => insert(text, t('drafts.copied'))}
      />
      <div className="reply-actions">
        <SaveWords state={draft.state} length={body.length} onRetry={() => void draft.flush()} />
        <DiscardButton draft={draft} onGone={onGone} />
        <Button variant="primary" icon={Send} kbd="Ctrl+Enter" refusal={refusal} onPress={submit}>
          {t('submit')}
        </Button>
        {offer?.refusal ? <p className="small reply-refusal">{refusal}</p> : null}
      </div>
      {submitting ? (
        <SubmitDialog
          draft={draft}
          report={report}
          flags={state}
          agencyName={agencyName}
          onClose={() => setSubmitting(false)}
          onJump={jump}
          onSent={() => openReport(report.id)}
        />
      ) : null}
    </section>
  )
}
