import type { SyncStatus } from '@shared/ipc/views.ts'
import { getMeta } from '../db/meta.ts'
import type { DeskDb } from '../db/open.ts'
import type { Device } from '../desk.ts'
import { lastFullCheck } from './full-check.ts'
import type { SyncState } from './sync-machine.ts'

/** What the sync centre shows. "Synced" is only what the hub proved: its own time and count (SYNC-05). */
export function syncStatus(
  db: DeskDb,
  device: Device,
  state: SyncState,
  isLow = false,
): Omit<SyncStatus, 'bytes'> {
  const number = (key: Parameters<typeof getMeta>[1]) => {
    const value = getMeta(db, key)
    return value === null ? null : Number(value)
  }
  const counts = db.get<{ queued: number; needsPerson: number }>(
    `SELECT count(*) FILTER (WHERE state IN ('held','queued','sending')) AS queued,
            count(*) FILTER (WHERE state IN ('rejected','conflict','signed_out')) AS needsPerson
     FROM outbox WHERE state NOT IN ('applied','discarded')`,
  )!
  return {
    phase: state.phase,
    lastSyncedAt: number('last_synced_at'),
    hubReportCount: number('hub_report_count'),
    mirroredReportCount: db.get<{ n: number }>('SELECT count(*) AS n FROM m_reports')!.n,
    mirrorComplete: getMeta(db, 'mirror_complete') === '1',
    ...counts,
    problem: state.problem ?? (isLow ? 'disk_low' : null),
    problemDetail: state.problem === 'tls_untrusted' ? getMeta(db, 'tls_issuer') : null,
    nextTryAt: state.nextTryAt,
    hubUrl: device.hubUrl,
    practice: device.practice,
    clockSkewMs: number('clock_skew_ms'),
    fullCheck: lastFullCheck(db),
  }
}
