import { FilePen, FileWarning, UserCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Output } from '@shared/ipc/contract.ts'
import type { ApprovalItem, Draft } from '@shared/ipc/views.ts'
import { Button } from '../../components/button.tsx'
import { useFormat } from '../../components/format.ts'
import { useSay } from '../../components/toast.tsx'
import { go, openReport } from '../../navigation.ts'

/** My drafts on this computer, to go on with. */
export function DraftLines({ drafts }: { drafts: Output<'drafts.mine'> }) {
  const { t } = useTranslation(['sync-center', 'common'])
  const format = useFormat()
  return drafts.map((draft) => (
    <li key={draft.id} className="ledger-item">
      <div className="ledger-what">
        <strong>{draft.reportSubject}</strong>
        <span className="ledger-line">{draft.body.trim() || t('emptyDraft')}</span>
        <span className="ledger-quiet">{draft.reportNumber}</span>
      </div>
      <div className="ledger-state">
        <span className="ledger-sign">
          <FilePen size="1.15em" strokeWidth={1.75} aria-hidden />
          {t('common:replyState.draft')}
        </span>
        <span className="ledger-quiet">
          {t('draftOf', { kind: t(`common:replyKind.${draft.kind}`), at: format.dateTime(draft.savedAt) })}
        </span>
      </div>
      <div className="row ledger-actions">
        <Button size="small" onPress={() => go('reply', { report: draft.reportId, draft: draft.id })}>
          {t('openDraft')}
        </Button>
      </div>
    </li>
  ))
}

/** Drafts whose report left the agency: kept to be read and copied (SYNC-06). */
export function OrphanedLines({ drafts }: { drafts: readonly Draft[] }) {
  const { t } = useTranslation(['sync-center', 'common'])
  const format = useFormat()
  const toast = useSay()
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text)
      toast.say(t('copied'))
    } catch {
      toast.say(t('copyFailed'), 'error')
    }
  }
  return drafts.map((draft) => (
    <li key={draft.id} className="ledger-item">
      <div className="ledger-what">
        <p className="reading">{draft.body.trim() || t('emptyDraft')}</p>
        <span className="ledger-quiet">
          {t('madeBy', { name: draft.authorName, at: format.dateTime(draft.savedAt) })}
        </span>
      </div>
      <div className="ledger-state">
        <span className="ledger-sign">
          <FileWarning size="1.15em" strokeWidth={1.75} aria-hidden />
          {t('reason.reassigned')}
        </span>
      </div>
      <div className="row ledger-actions">
        <Button size="small" onPress={() => void copy(draft.body)}>
          {t('copyText')}
        </Button>
      </div>
    </li>
  ))
}

/** Answers that a supervisor has not decided yet. */
export function WaitingApproval({ items }: { items: readonly ApprovalItem[] }) {
  const { t } = useTranslation(['sync-center', 'common'])
  const format = useFormat()
  return items.map(({ reply, report }) => (
    <li key={reply.id} className="ledger-item">
      <div className="ledger-what">
        <strong>{report.subject}</strong>
        <span className="ledger-quiet">{report.number}</span>
      </div>
      <div className="ledger-state">
        <span className="ledger-sign">
          <UserCheck size="1.15em" strokeWidth={1.75} aria-hidden />
          {t('common:replyState.submitted')}
        </span>
        <span className="ledger-quiet">
          {reply.pending
            ? t('common:pendingMeaning')
            : t('waitingSince', { at: format.dateTime(reply.submittedAt) })}
        </span>
      </div>
      <div className="row ledger-actions">
        <Button size="small" onPress={() => openReport(report.id)}>
          {t('openReport')}
        </Button>
      </div>
    </li>
  ))
}
