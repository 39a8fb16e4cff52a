import type { TFunction } from 'i18next'
import { ErrorCode } from '@shared/ipc/errors.ts'
import type { SyncStatus } from '@shared/ipc/views.ts'
import id from '../i18n/id/frame.ts'

const SKEW_MS = 120_000
/** A longer difference is said in hours. */
const MINUTES_UP_TO_MS = 90 * 60_000

type Trouble = keyof typeof id.sync.trouble

/** What stands in the way, as the few words of the left column know it; null while nothing does. */
export function troubleOf({ phase, problem }: Pick<SyncStatus, 'phase' | 'problem'>): Trouble | null {
  if (problem === null) return phase === 'offline' ? 'hub_unreachable' : null
  return Object.hasOwn(id.sync.trouble, problem) ? (problem as Trouble) : 'other'
}

interface Clockwork {
  /** `09.28 WIT` */
  time: (ms: number) => string
  /** `Kam, 5 Nov 2026 · 09.28 WIT` */
  dateTime: (ms: number) => string
  isToday: (ms: number) => boolean
}

/**
 * The status bar's words. "Tersinkron" appears only with the time and the count the hub proved (SYNC-05);
 * everything else says what is known and nothing more.
 */
export function syncWords(
  status: SyncStatus,
  t: TFunction<'frame'>,
  what: (code: ErrorCode) => string,
  clock: Clockwork,
): string[] {
  const words: string[] = []
  const proven = status.lastSyncedAt !== null && status.hubReportCount !== null
  const offline = status.phase === 'offline'
  const trouble = troubleOf(status)
  if (offline) {
    const why = trouble === 'hub_unreachable' || trouble === null ? '' : ` (${t(`sync.trouble.${trouble}`)})`
    words.push(`${t('sync.offline')}${why}`, t('sync.keepWorking'))
  }
  if (status.phase === 'signed_out') words.push(t('sync.signedOut'))
  if (status.phase === 'stopped') words.push(t('sync.stopped'))
  if (!status.mirrorComplete && status.hubReportCount !== null)
    words.push(t('sync.downloading', { done: status.mirroredReportCount, total: status.hubReportCount }))
  else words.push(t('sync.reports', { count: proven ? status.hubReportCount! : status.mirroredReportCount }))
  if (proven) words.push(t('sync.synced', { at: at(status.lastSyncedAt!, clock) }))
  else words.push(t('sync.never'))
  if (status.queued > 0) words.push(t('sync.queued', { count: status.queued }))
  if (status.bytes.paused !== null) words.push(t('sync.filesWaiting', { count: status.bytes.filesWaiting }))
  if (status.needsPerson > 0) words.push(t('sync.needsPerson', { count: status.needsPerson }))
  if (status.phase === 'exchanging' || status.phase === 'resyncing') words.push(t('sync.exchanging'))
  const problem = ErrorCode.safeParse(status.problem)
  if (problem.success && !offline)
    words.push(
      trouble === 'other' ? what(problem.data).replace(/\.$/, '') : t(`sync.trouble.${trouble ?? 'other'}`),
    )
  if (status.phase === 'waiting' && status.nextTryAt !== null)
    words.push(t('sync.waiting', { at: clock.time(status.nextTryAt) }))
  const skew = Math.abs(status.clockSkewMs ?? 0)
  if (skew > MINUTES_UP_TO_MS) words.push(t('sync.clockHours', { hours: Math.round(skew / 3_600_000) }))
  else if (skew > SKEW_MS) words.push(t('sync.clock', { minutes: Math.round(skew / 60_000) }))
  return words
}

const at = (ms: number, clock: Clockwork) => (clock.isToday(ms) ? clock.time(ms) : clock.dateTime(ms))
