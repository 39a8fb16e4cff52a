import { useTranslation } from 'react-i18next'
import type { ReportDetail } from '@shared/ipc/views.ts'
import { useCall } from '../../bridge/use-call.ts'
import { Banner } from '../../components/banner.tsx'
import { Button } from '../../components/button.tsx'
import { useFormat } from '../../components/format.ts'
import { usePeople } from '../../components/person-name.tsx'
import { go, openReply } from '../../navigation.ts'

/** What someone must know before acting: a returned answer, a proposal, a pause, a citizen's reply, a conflict. */
export function Notices({ detail }: { detail: ReportDetail }) {
  const { t } = useTranslation(['report', 'common'])
  const format = useFormat()
  const { report, state } = detail
  const last = detail.replies.at(-1)
  const conflict = detail.outbox.some((item) => item.state === 'conflict' || item.state === 'rejected')
  return (
    <>
      {last && (last.state === 'returned' || last.state === 'voided') ? (
        <Banner
          tone="warning"
          title={
            last.state === 'returned'
              ? t('returnedBy', { name: last.approverName ?? t('common:unknownPerson') })
              : t('voided')
          }
          action={
            <Button size="small" onPress={() => openReply(report.id, last.kind, last.id)}>
              {t('improveAnswer')}
            </Button>
          }
        >
          {last.returnReason ? <p>{last.returnReason}</p> : null}
        </Banner>
      ) : null}
      {state.proposal ? <ProposalNotice detail={detail} /> : null}
      {state.state === 'awaiting_citizen' && state.stateReason ? (
        <Banner tone="info" title={t('paused', { reason: state.stateReason })} />
      ) : null}
      {state.citizenRepliedAt ? (
        <Banner tone="info" title={t('citizenReplied', { at: format.dateTime(state.citizenRepliedAt) })} />
      ) : null}
      {conflict ? (
        <Banner
          tone="warning"
          title={t('needsDecision')}
          action={
            <Button size="small" onPress={() => go('sync-center')}>
              {t('openSync')}
            </Button>
          }
        />
      ) : null}
    </>
  )
}

function ProposalNotice({ detail }: { detail: ReportDetail }) {
  const { t } = useTranslation(['report', 'common'])
  const { data: agencies = [] } = useCall('agencies.list', {})
  const person = usePeople().byId(detail.state.proposal?.byId ?? null)
  const { proposal } = detail.state
  if (!proposal) return null
  const agency = agencies.find((one) => one.id === proposal.agencyId)?.name ?? proposal.agencyId
  const title =
    proposal.kind === 'archive'
      ? t('proposalArchive')
      : agency
        ? t('proposalReferral', { agency })
        : t('proposalNoAgency')
  return (
    <Banner tone="warning" title={title}>
      <p>{t('proposalBy', { name: person?.name ?? t('common:unknownPerson'), reason: proposal.reason })}</p>
    </Banner>
  )
}
