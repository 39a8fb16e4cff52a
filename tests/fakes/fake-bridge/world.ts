import type { Person } from '@shared/domain/person.ts'
import type { AppStatus, Preferences, SyncStatus } from '@shared/ipc/views.ts'
import { PEOPLE } from './office.ts'
import { makeReports, type FakeReport } from './reports.ts'

/** What a fake desk knows; tests change it directly and then call `stale`. */
export interface World {
  reports: FakeReport[]
  person: Person
  status: AppStatus
  sync: SyncStatus
  preferences: Preferences
  undo: Map<string, () => void>
  /** Originals that are not here, by hash: only at the hub, or asked for. */
  originals: Map<string, 'hub' | 'asked'>
  /** How far the search index is, while it is being made. */
  indexing: { done: number; total: number } | null
  mutations: number
  now: () => number
  stale: (...topics: string[]) => void
}

/** A ready practice desk with `count` reports; `person` 0 is the clerk, 2 the supervisor. */
export function makeWorld({ count = 60, person = 0, now = Date.now() } = {}): Omit<World, 'stale'> {
  const who = PEOPLE[person]!
  return {
    reports: makeReports(count, now),
    person: who,
    status: {
      phase: 'ready',
      version: '0.1.0',
      practice: true,
      agency: {
        id: 'PUPR',
        name: 'Dinas Pekerjaan Umum dan Penataan Ruang',
        shortName: 'Dinas PUPR',
        operator: false,
      },
      deviceName: 'PC Sekretariat',
      deviceCode: 'K7Q2',
      hubUrl: 'http://127.0.0.1:4711',
      person: who,
      people: PEOPLE.map(({ id, name, position, roles }) => ({
        id,
        name,
        position,
        roles,
        knownHere: id !== PEOPLE[4]!.id,
      })),
      progress: null,
      problem: null,
      recovery: null,
      zoneLabel: 'WIT',
      utcOffsetMinutes: 540,
    },
    sync: {
      phase: 'idle',
      lastSyncedAt: now - 11 * 60_000,
      hubReportCount: count,
      mirroredReportCount: count,
      mirrorComplete: true,
      queued: 0,
      needsPerson: 0,
      problem: null,
      problemDetail: null,
      nextTryAt: null,
      hubUrl: 'http://127.0.0.1:4711',
      practice: true,
      clockSkewMs: 0,
      fullCheck: { at: now - 2 * 86_400_000, ok: true },
      bytes: {
        today: 0,
        todayFiles: 0,
        limit: 500_000_000,
        filesWaiting: 0,
        filesBytes: 0,
        paused: null,
        originals: 'fast',
      },
    },
    preferences: { locale: 'id', theme: 'system', textSize: 100, density: 'comfortable' },
    undo: new Map(),
    originals: new Map(),
    indexing: null,
    mutations: 0,
    now: () => Date.now(),
  }
}
