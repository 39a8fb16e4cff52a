import { RefreshCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { SyncStatus } from '@shared/ipc/views.ts'
import { ErrorCode } from '@shared/ipc/errors.ts'
import { useCommand } from '../../bridge/use-call.ts'
import { Banner } from '../../components/banner.tsx'
import { Button } from '../../components/button.tsx'
import { useFormat } from '../../components/format.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { useSay } from '../../components/toast.tsx'

/** What the hub proved and when, what waits, and the one button (SYNC-05). */
export function SyncHeader({ status }: { status: SyncStatus }) {
  const { t } = useTranslation('sync-center')
  const format = useFormat()
  const toast = useSay()
  const now = useCommand('sync.now')
  const busy = now.isPending || status.phase === 'exchanging' || status.phase === 'resyncing'
  return (
    <>
      <PageHeader
        title={
          status.lastSyncedAt === null
            ? t('status.never')
            : t(isAllSent(status) ? 'status.synced' : 'status.last', {
                at: format.dateTime(status.lastSyncedAt),
              })
        }
        subtitle={<HeaderLine status={status} />}
        actions={
          <Button
            variant="primary"
            icon={RefreshCw}
            busy={busy}
            onPress={() => now.mutate({}, { onError: toast.sayError })}
          >
            {busy ? t('syncing') : t('syncNow')}
          </Button>
        }
      />
      <Trouble status={status} />
    </>
  )
}

/** Nothing stands in the way and nothing waits: only then the time of the last proof is the state of now (SYNC-05). */
const isAllSent = ({ phase, problem, queued }: SyncStatus) =>
  (phase === 'idle' || phase === 'exchanging') && problem === null && queued === 0

function HeaderLine({ status }: { status: SyncStatus }) {
  const { t } = useTranslation('sync-center')
  const format = useFormat()
  const counts = {
    hub: format.number(status.hubReportCount ?? 0),
    here: format.number(status.mirroredReportCount),
  }
  return (
    <>
      {status.hubReportCount === null ? null : (
        <span>{t(status.mirrorComplete ? 'status.count' : 'status.countPartial', counts)} </span>
      )}
      <span>
        {[
          status.queued ? t('status.queued', { count: status.queued }) : t('status.nothingQueued'),
          status.needsPerson ? t('status.needs', { count: status.needsPerson }) : '',
          status.practice
            ? t('status.practice')
            : status.hubUrl
              ? t('status.hub', { url: status.hubUrl })
              : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </>
  )
}

/** What stands in the way, what is safe, and when the next try is. Nothing while all is well. */
function Trouble({ status }: { status: SyncStatus }) {
  const { t } = useTranslation(['sync-center', 'errors'])
  const format = useFormat()
  const code = ErrorCode.safeParse(status.problem)
  const quiet = status.phase === 'idle' || status.phase === 'exchanging'
  if (!code.success && quiet) return null
  const next = status.nextTryAt === null ? '' : t('status.nextTry', { time: format.time(status.nextTryAt) })
  return (
    <div className="sync-trouble">
      <Banner
        tone={status.phase === 'signed_out' || status.phase === 'stopped' ? 'error' : 'warning'}
        title={code.success ? t(`errors:${code.data}.what`) : t(`phase.${status.phase}`)}
      >
        <p>
          {code.success ? `${t(`errors:${code.data}.safe`)} ${t(`errors:${code.data}.todo`)}` : ''} {next}
        </p>
        {status.problemDetail ? <p>{t('status.issuer', { issuer: status.problemDetail })}</p> : null}
      </Banner>
    </div>
  )
}
