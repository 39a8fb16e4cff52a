import { FilePen, FileWarning, UserCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Output } from '@shared/ipc/contract.ts'
import type { ApprovalItem, Draft } from '@shared/ipc/views.ts'
import { useFormat } from '../../components/format.ts'
import { useSay } from '../../components/toast.tsx'
import { go, openReport } from '../../navigation.ts'
import { LedgerLine } from './ledger-line.tsx'

/** My drafts on this computer, to go on with. */
export function DraftLines({ drafts }: { drafts: Output<'drafts.mine'> }) {
  const { t } = useTranslation(['sync-center', 'common'])
  const format = useFormat()
  return drafts.map((draft) => (
    <LedgerLine
      key={draft.id}
      what={
        <>
          <strong>{draft.reportSubject || draft.reportNumber}</strong>
          <span className="ledger-line">{draft.body.trim() || t('emptyDraft')}</span>
          <span className="ledger-quiet">{draft.reportNumber}</span>
        </>
      }
      icon={FilePen}
      state={t('common:replyState.draft')}
      since={t('draftOf', { kind: t(`common:replyKind.${draft.kind}`), at: format.dateTime(draft.savedAt) })}
      act={{
        label: t('openDraft'),
        onPress: () => go('reply', { report: draft.reportId, draft: draft.id }),
      }}
    />
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
    <LedgerLine
      key={draft.id}
      what={
        <>
          <p className="reading">{draft.body.trim() || t('emptyDraft')}</p>
          <span className="ledger-quiet">
            {t('madeBy', { name: draft.authorName, at: format.dateTime(draft.savedAt) })}
          </span>
        </>
      }
      icon={FileWarning}
      state={t('reason.reassigned')}
      act={{ label: t('copyText'), onPress: () => void copy(draft.body) }}
    />
  ))
}

/** Answers that a supervisor has not decided yet. */
export function WaitingApproval({ items }: { items: readonly ApprovalItem[] }) {
  const { t } = useTranslation(['sync-center', 'common'])
  const format = useFormat()
  return items.map(({ reply, report }) => (
    <LedgerLine
      key={reply.id}
      what={
        <>
          <strong>{report.subject}</strong>
          <span className="ledger-quiet">{report.number}</span>
        </>
      }
      icon={UserCheck}
      state={t('common:replyState.submitted')}
      since={
        reply.pending
          ? t('common:pendingMeaning')
          : t('waitingSince', { at: format.dateTime(reply.submittedAt) })
      }
      act={{ label: t('openReport'), onPress: () => openReport(report.id) }}
    />
  ))
}
