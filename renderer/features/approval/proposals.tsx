import { Inbox } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '@shared/ipc/contract.ts'
import { refusalOf } from '@shared/domain/workflow.ts'
import { useCall, useCommand } from '../../bridge/use-call.ts'
import { Button } from '../../components/button.tsx'
import { Chip, PrivacyChips } from '../../components/chip.tsx'
import { ClockLabel } from '../../components/clock-label.tsx'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { TextArea } from '../../components/text-area.tsx'
import { useSay } from '../../components/toast.tsx'
import { openReport } from '../../navigation.ts'

type Proposal = Output<'reports.proposals'>[number]

/** Referrals and archiving that clerks propose; each says what will happen before it is decided. */
export function Proposals({ proposals }: { proposals: readonly Proposal[] }) {
  const { t } = useTranslation('approval')
  if (!proposals.length)
    return (
      <EmptyState icon={Inbox} title={t('proposal.empty')}>
        <p>{t('proposal.emptyText')}</p>
      </EmptyState>
    )
  return (
    // Cards may hold no button in reach: the scrolling region itself takes the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="approval-proposals" tabIndex={0} role="group" aria-label={t('proposals')}>
      <ul>
        {proposals.map((proposal) => (
          <ProposalCard key={proposal.id} proposal={proposal} />
        ))}
      </ul>
    </div>
  )
}

function ProposalCard({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation(['approval', 'common'])
  const toast = useSay()
  const status = useCall('app.status', {})
  const triage = useCommand('reports.triage')
  const [step, setStep] = useState<'read' | 'confirm' | 'reject'>('read')
  const [reason, setReason] = useState('')
  const roles = status.data?.person?.roles ?? []
  const refusal = refusalOf('approve_proposal', proposal.state, roles) ? t('proposal.notYours') : undefined
  const decide = (accepted: boolean) =>
    triage.mutate(
      accepted
        ? { reportId: proposal.id, action: 'approve_proposal', payload: {} }
        : { reportId: proposal.id, action: 'reject_proposal', payload: { reason: reason.trim() } },
      {
        onSuccess: (queued) =>
          toast.sayQueued(t(accepted ? 'proposal.approved' : 'proposal.rejected'), queued),
        onSettled: () => setStep('read'),
      },
    )
  return (
    <li className="approval-proposal">
      <div className="row">
        <Chip tone="amber">{t(`proposal.kind.${proposal.proposedKind}`)}</Chip>
        <span className="small secondary">{proposal.number}</span>
        <PrivacyChips anonymous={proposal.anonymous} confidential={proposal.confidential} />
        <ClockLabel clock={proposal.clock} />
      </div>
      <h2>{proposal.subject}</h2>
      {proposal.proposedKind === 'referral' ? (
        <p>{proposal.targetName ? t('proposal.to', { name: proposal.targetName }) : t('proposal.nowhere')}</p>
      ) : null}
      <p className="reading">
        <span className="secondary">{t('proposal.reason')}: </span>
        {proposal.reason}
      </p>
      <p className="small secondary">{t(`proposal.effect.${proposal.proposedKind}`)}</p>
      <ErrorBanner error={triage.error} />
      {step === 'reject' ? (
        <div className="approval-return">
          <TextArea
            autoFocus
            label={t('proposal.rejectReason')}
            help={t('proposal.rejectHint')}
            rows={2}
            maxLength={2000}
            value={reason}
            onChange={setReason}
          />
          <div className="approval-buttons">
            <Button
              variant="primary"
              busy={triage.isPending}
              refusal={reason.trim() ? undefined : t('reasonRequired')}
              onPress={() => decide(false)}
            >
              {t('proposal.reject')}
            </Button>
            <Button variant="quiet" onPress={() => setStep('read')}>
              {t('common:cancel')}
            </Button>
          </div>
        </div>
      ) : (
        <div className="approval-buttons">
          <Button variant="primary" refusal={refusal} onPress={() => setStep('confirm')}>
            {t('proposal.approve')}
          </Button>
          <Button refusal={refusal} onPress={() => setStep('reject')}>
            {t('proposal.reject')}
          </Button>
          <Button variant="quiet" onPress={() => openReport(proposal.id)}>
            {t('proposal.open')}
          </Button>
        </div>
      )}
      <ConfirmDialog
        title={t('proposal.confirmTitle')}
        confirmLabel={t('proposal.approve')}
        isOpen={step === 'confirm'}
        busy={triage.isPending}
        onConfirm={() => decide(true)}
        onClose={() => setStep('read')}
      >
        {t(`proposal.effect.${proposal.proposedKind}`)}
      </ConfirmDialog>
    </li>
  )
}
