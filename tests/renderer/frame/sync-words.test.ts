import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { clockTime } from '../../../shared/domain/locale.ts'
import type { SyncStatus } from '../../../shared/ipc/views.ts'
import { syncWords } from '../../../renderer/frame/sync-words.ts'
import { en, id } from '../../../renderer/i18n/catalogue.ts'

const ZONE = { utcOffsetMinutes: 540, zoneLabel: 'WIT' }
const NOW = Date.UTC(2026, 10, 24, 1, 0)
const clock = {
  time: (ms: number) => `${clockTime(ms, ZONE)} WIT`,
  dateTime: (ms: number) => `lengkap ${ms}`,
  isToday: (ms: number) => NOW - ms < 10 * 3_600_000,
}
const synced: SyncStatus = {
  phase: 'idle',
  lastSyncedAt: NOW - 32 * 60_000,
  hubReportCount: 412,
  mirroredReportCount: 412,
  mirrorComplete: true,
  queued: 7,
  needsPerson: 0,
  problem: null,
  problemDetail: null,
  nextTryAt: null,
  hubUrl: null,
  practice: false,
  clockSkewMs: 0,
  fullCheck: null,
  bytes: {
    today: 0,
    todayFiles: 0,
    limit: 500_000_000,
    filesWaiting: 0,
    filesBytes: 0,
    paused: null,
    originals: 'fast',
  },
}
const words = (change: Partial<SyncStatus>) =>
  syncWords(
    { ...synced, ...change },
    i18next.getFixedT('id', 'frame'),
    (code) => id.errors[code].what,
    clock,
  ).join(' · ')

beforeAll(
  () =>
    void i18next.init({
      lng: 'id',
      resources: { id, en },
      initAsync: false,
      interpolation: { escapeValue: false },
    }),
)

test('synced is said with the proven time and count', () => {
  expect(words({})).toBe('412 laporan · tersinkron 09.28 WIT · 7 antre')
})

test('without a proof nothing is called synced', () => {
  // Verifies SYNC-05
  for (const change of [{ lastSyncedAt: null }, { hubReportCount: null }] as const)
    expect(words(change)).not.toMatch(/tersinkron \d/)
  expect(words({ lastSyncedAt: null })).toContain('belum pernah tersinkron')
})

test('yesterday is never shown as a bare clock time', () => {
  expect(words({ lastSyncedAt: NOW - 26 * 3_600_000 })).toContain('tersinkron lengkap')
})

test('an unfinished mirror says how far it is', () => {
  expect(words({ mirrorComplete: false, mirroredReportCount: 210 })).toContain(
    'mengunduh 210 dari 412 laporan',
  )
})

test('offline says that one can keep working and what waits', () => {
  expect(words({ phase: 'offline', problem: 'hub_unreachable' })).toBe(
    'tidak tersambung ke hub · tetap bisa bekerja · 412 laporan · tersinkron 09.28 WIT · 7 antre',
  )
})

test('a captive portal is named, with the next try', () => {
  const said = words({ phase: 'waiting', problem: 'login_page', nextTryAt: NOW + 60_000 })
  expect(said).toContain('Wi-Fi minta masuk')
  expect(said).toContain('coba lagi 10.01 WIT')
  expect(words({ phase: 'offline', problem: 'tls_untrusted' })).toMatch(
    /^tidak tersambung ke hub \(sertifikat tidak dikenal\) · tetap bisa bekerja · /,
  )
})

test('a wedge, files that wait, and a trouble without short words are said too', () => {
  expect(words({ phase: 'waiting', problem: 'sync_stuck' })).toContain('7 antre · macet')
  expect(words({ phase: 'waiting', problem: 'wrong_hub' })).toContain('Alamat ini milik hub lain')
  const bytes = { ...synced.bytes, filesWaiting: 12, paused: 'budget' as const }
  expect(words({ bytes })).toContain('12 foto atau berkas menunggu')
  expect(words({ bytes: { ...bytes, paused: null } })).not.toContain('menunggu')
})

test('a clock far from the hub’s is said', () => {
  expect(words({ clockSkewMs: -600_000 })).toContain('berbeda 10 menit')
  expect(words({ clockSkewMs: 86_400_000 })).toContain('berbeda 24 jam dari hub')
})
