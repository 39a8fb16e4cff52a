import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Report, ReportState, ReportStateName } from '@shared/domain/report.ts'
import type { AgencySettings } from '@shared/domain/settings.ts'
import type { Change } from '@shared/sync/feed.ts'

/** Repeatable numbers in [0, 1). */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

interface PracticeReport {
  subject: string
  body: string
  address: string
  district: string
  service: string
}

/** The practice regency's reports: real sentences, so that an index has a real vocabulary. */
export function practiceReports(resources: string): PracticeReport[] {
  const folder = join(resources, 'practice/reports')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as PracticeReport[])
}

const DAY = 86_400_000
const OLD: readonly ReportStateName[] = ['closed', 'closed', 'closed', 'resolved', 'archived']
const RECENT: readonly ReportStateName[] = [
  'received',
  'verified',
  'disposed',
  'acknowledged',
  'awaiting_citizen',
  'resolved',
]

export const bench = {
  now: Date.UTC(2026, 10, 24, 3),
  people: [1, 2, 3, 4, 5].map((n) => `00000000-0000-7000-8000-0000000000a${n}`),
  settings: {
    calendar: {
      zone: 'Asia/Jayapura',
      zoneLabel: 'WIT',
      utcOffsetMinutes: 540,
      workdays: [1, 2, 3, 4, 5],
      holidays: [{ date: '2026-08-17', name: 'HUT RI', kind: 'national' }],
    },
    ruleSets: [
      {
        id: 'bench',
        name: '',
        validFrom: '2020-01-01',
        source: '',
        verifyDays: 3,
        responseDays: 5,
        closeAfterSilentDays: 10,
        pausesSettlement: ['scheduled'],
        settlementDays: { informasi: 5, aspirasi: 14, keluhan: 14, pengaduan: 14, pengaduanOversight: 60 },
      },
    ],
  } as Pick<AgencySettings, 'calendar' | 'ruleSets'> as AgencySettings,
}

/** `count` reports over three years, their sentences mixed from the practice texts, as the feed sends them. */
export function* manyReports(count: number, resources: string): Generator<Change[]> {
  const random = randomOf(42)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(items.length * random())]!
  const texts = practiceReports(resources)
  const sentences = texts.flatMap((text) => text.body.split(/(?<=[.!?])\s+/)).filter((one) => one.length > 12)
  for (let i = 0; i < count; i++) {
    const id = `00000000-0000-7000-8000-${i.toString(16).padStart(12, '0')}`
    const at = bench.now - Math.floor(random() * 3 * 365 * DAY)
    const recent = bench.now - at < 40 * DAY
    const state = recent || random() < 0.02 ? pick(RECENT) : pick(OLD)
    const own = `Rumah nomor ${i}, telepon posko ${Math.floor(random() * 1e6)}.`
    const done = ['closed', 'resolved'].includes(state)
    const anonymous = random() < 0.2
    const about = pick(texts)
    const report: Report = {
      id,
      agencyId: 'PUPR',
      number: `PUPR-26-${String(i).padStart(6, '0')}`,
      serviceCode: about.service,
      serviceName: about.service,
      subject: about.subject,
      body: [...Array.from({ length: 4 }, () => pick(sentences)), own].join(' '),
      address: about.address,
      district: pick(texts).district,
      lat: null,
      lon: null,
      channel: 'open311',
      attachments: [],
      requestedAt: at,
      reporter: anonymous ? null : { name: `Warga ${i}`, phone: null, email: null },
    }
    const body: ReportState = {
      id,
      state,
      class: 'pengaduan',
      oversight: false,
      priority: pick(['low', 'normal', 'high', 'urgent'] as const),
      anonymous,
      confidential: random() < 0.05,
      assigneeId: random() < 0.5 ? pick(bench.people) : null,
      unit: null,
      clockStartedAt: at,
      verifiedAt: at,
      responseMetAt: done || state === 'acknowledged' ? at + 2 * DAY : null,
      settlementMetAt: done ? at + 9 * DAY : null,
      pauses: state === 'awaiting_citizen' ? [{ from: at + 1, to: null, reason: 'foto', state }] : [],
      reviewOn: null,
      stateReason: null,
      proposal: null,
      groupLeadId: null,
      citizenRepliedAt: random() < 0.01 ? at + DAY : null,
      reopenCount: 0,
      updatedAt: at + Math.floor(random() * 10 * DAY),
    }
    yield [
      { seq: 2 * i + 1, kind: 'report', id, version: 1, body: report, removed: null },
      { seq: 2 * i + 2, kind: 'report_state', id, version: 1, body, removed: null },
    ]
  }
}
