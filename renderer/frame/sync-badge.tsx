import { CloudAlert, CloudCheck, CloudOff, CloudUpload } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { SyncStatus } from '@shared/ipc/views.ts'
import { useFormat } from '../components/format.ts'
import { go, useLocation } from '../navigation.ts'
import { troubleOf } from './sync-words.ts'
import { useSyncWords } from './use-sync-words.ts'

/** Bottom left: the sync centre's place, with its state in words, never only a dot. */
export function SyncBadge() {
  const { t } = useTranslation('frame')
  const format = useFormat()
  const here = useLocation().place === 'sync-center'
  const sync = useSyncWords()
  return (
    <button
      type="button"
      className="sidebar-sync"
      aria-current={here ? 'page' : undefined}
      onClick={() => go('sync-center')}
    >
      {sync ? <SyncIcon status={sync.status} /> : null}
      <span className="sidebar-sync-words">
        <span>{t('place.sync-center')}</span>
        {sync ? <span className="secondary">{line(sync.status)}</span> : null}
      </span>
    </button>
  )

  function line(status: SyncStatus): string {
    if (status.needsPerson > 0) return t('sync.needsPerson', { count: status.needsPerson })
    const queued = status.queued > 0 ? t('sync.queued', { count: status.queued }) : null
    if (status.phase === 'signed_out') return t('sync.signedOut')
    if (status.phase === 'stopped') return t('sync.stopped')
    const trouble = troubleOf(status)
    if (trouble) return [t(`sync.trouble.${trouble}`), queued].filter(Boolean).join(', ')
    if (queued) return queued
    if (status.lastSyncedAt === null || status.hubReportCount === null) return t('sync.never')
    return t('sync.synced', { at: format.time(status.lastSyncedAt) })
  }
}

const ICON = { size: '1.25em', strokeWidth: 1.75, 'aria-hidden': true } as const

function SyncIcon({ status }: { status: SyncStatus }) {
  if (status.needsPerson > 0 || status.phase === 'signed_out') return <CloudAlert {...ICON} />
  if (status.phase === 'offline' || status.phase === 'stopped') return <CloudOff {...ICON} />
  if (status.problem !== null) return <CloudAlert {...ICON} />
  return status.queued > 0 ? <CloudUpload {...ICON} /> : <CloudCheck {...ICON} />
}
