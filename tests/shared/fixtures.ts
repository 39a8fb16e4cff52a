import type { ReportState } from '@shared/domain/report.ts'
import type { OfficeCalendar, RuleSet } from '@shared/domain/settings.ts'

/** WIT, Monday to Friday, with a few of the holidays of 2026–2027. */
export const calendar: OfficeCalendar = {
  zone: 'Asia/Jayapura',
  zoneLabel: 'WIT',
  utcOffsetMinutes: 540,
  workdays: [1, 2, 3, 4, 5],
  holidays: [
    { date: '2026-02-17', name: 'Imlek', kind: 'national' },
    { date: '2026-03-18', name: 'Cuti bersama Idulfitri', kind: 'joint' },
    { date: '2026-03-19', name: 'Nyepi', kind: 'national' },
    { date: '2026-03-20', name: 'Idulfitri', kind: 'national' },
    { date: '2026-03-21', name: 'Idulfitri', kind: 'national' },
    { date: '2026-03-23', name: 'Cuti bersama Idulfitri', kind: 'joint' },
    { date: '2026-03-24', name: 'Cuti bersama Idulfitri', kind: 'joint' },
    { date: '2026-12-25', name: 'Natal', kind: 'national' },
    { date: '2027-01-01', name: 'Tahun Baru', kind: 'national' },
  ],
}

/** The shipped default figures. */
export const rules: RuleSet = {
  id: 'default-2024',
  name: 'Baku',
  validFrom: '2024-01-01',
  source: 'uji',
  verifyDays: 3,
  responseDays: 5,
  settlementDays: { informasi: 5, aspirasi: 14, keluhan: 14, pengaduan: 14, pengaduanOversight: 60 },
  closeAfterSilentDays: 10,
  pausesSettlement: ['awaiting_citizen', 'scheduled'],
}

/** An instant given in WIT: `wit('2026-02-03', 9, 12)`. */
export const wit = (date: string, hour = 0, minute = 0): number =>
  Date.parse(`${date}T00:00:00Z`) + ((hour - 9) * 60 + minute) * 60_000

/** A report's state with everything unset. */
export function stateOf(change: Partial<ReportState> = {}): ReportState {
  return {
    id: '00000000-0000-7000-8000-000000000001',
    state: 'received',
    class: 'pengaduan',
    oversight: false,
    priority: 'normal',
    anonymous: false,
    confidential: false,
    assigneeId: null,
    unit: null,
    clockStartedAt: wit('2026-02-03', 9, 12),
    verifiedAt: null,
    responseMetAt: null,
    settlementMetAt: null,
    pauses: [],
    reviewOn: null,
    stateReason: null,
    proposal: null,
    groupLeadId: null,
    citizenRepliedAt: null,
    reopenCount: 0,
    updatedAt: 0,
    ...change,
  }
}
