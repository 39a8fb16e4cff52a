import { calendar, rules, stateOf, wit } from '../shared/fixtures.ts'
import type { Person, Role } from '@shared/domain/person.ts'
import type { LetterProfile } from '@shared/domain/letter.ts'
import type { Report, ReportState } from '@shared/domain/report.ts'
import type { AgencySettings } from '@shared/domain/settings.ts'
import type { Change } from '@shared/sync/feed.ts'

/** A readable, valid id: `idOf(7)` ends in 7. */
export const idOf = (n: number): string => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`

const person = (n: number, name: string, position: string, roles: Role[]): Person => ({
  id: idOf(0xa000 + n),
  agencyId: 'PUPR',
  name,
  titleBefore: '',
  titleAfter: '',
  position,
  unit: 'Sekretariat',
  rank: '',
  grade: '',
  nip: null,
  roles,
  active: true,
})

/** Fictional people of the agency under test. */
export const people = {
  clerk: person(1, 'Maria Tabuni', 'Petugas pengaduan', ['clerk']),
  clerk2: person(2, 'Yohanis Magal', 'Petugas pengaduan', ['clerk', 'agenda_clerk']),
  supervisor: person(3, 'Agustina Rumbiak', 'Kepala Bidang', ['supervisor', 'agency_admin']),
  operator: person(4, 'Petrus Kum', 'Operator kabupaten', ['operator']),
}

export const profile: LetterProfile = {
  id: 'pupr-2026',
  agencyId: 'PUPR',
  name: 'Dinas PUPR',
  validFrom: '2026-01-01',
  kop: [{ text: 'PEMERINTAH KABUPATEN', size: 14, bold: true }],
  emblem: null,
  paper: 'A4',
  dispositionPaper: 'F4',
  margins: { top: 20, right: 20, bottom: 20, left: 25 },
  fontSizePt: 12,
  place: 'Timika',
  register: {
    id: 'pupr-keluar',
    name: 'Surat keluar',
    pattern: '{K}/{N:3}/{UNIT}/{Y}',
    unit: 'PUPR',
    classification: '600',
  },
  classifications: {},
  natures: ['Biasa'],
  instructions: ['Tindak lanjuti'],
  recipients: ['Kabid Bina Marga'],
  addresseePlace: 'below_subject',
  opening: 'Dengan hormat,',
  closing: 'Terima kasih.',
  signerId: people.supervisor.id,
  signerTitle: ['KEPALA DINAS,'],
  copies: [],
}

export const settings: AgencySettings = {
  ruleSets: [rules],
  calendar,
  templates: [],
  letterProfiles: [profile],
  units: ['Bina Marga'],
  archiveReasons: ['Bukan laporan'],
  verifyBaseUrl: 'https://hub.example/v',
}

/** A citizen's report; `n` makes id, number and time. */
export function reportOf(n: number, change: Partial<Report> = {}): Report {
  return {
    id: idOf(n),
    number: `PUPR-${n.toString().padStart(5, '0')}`,
    agencyId: 'PUPR',
    serviceCode: 'jalan-rusak',
    serviceName: 'Jalan rusak',
    subject: `Jalan berlubang ${n}`,
    body: `Ada lubang besar di depan rumah nomor ${n}.`,
    address: 'Jalan Cenderawasih',
    district: 'Mimika Baru',
    lat: null,
    lon: null,
    channel: 'open311',
    reporter: { name: `Warga ${n}`, phone: null, email: null },
    attachments: [],
    requestedAt: wit('2026-02-02', 8) + n * 1000,
    ...change,
  }
}

/** The state that belongs to `reportOf(n)`. */
export const reportStateOf = (n: number, change: Partial<ReportState> = {}): ReportState =>
  stateOf({ id: idOf(n), class: null, clockStartedAt: wit('2026-02-02', 8), ...change })

let seq = 0
/** A feed change; `seq` grows by itself, `version` is 1 unless given. */
export const changeOf = (kind: string, id: string, body: unknown, version = 1): Change => ({
  seq: ++seq,
  kind,
  id,
  version,
  body,
  removed: null,
})

/** A report leaving the agency. */
export const removalOf = (id: string, kind = 'report'): Change => ({
  seq: ++seq,
  kind,
  id,
  version: 99,
  body: null,
  removed: { reason: 'reassigned', movedTo: 'DLH' },
})

/** Words and state of a report as the two changes the feed sends. */
export const reportChanges = (
  n: number,
  report: Partial<Report> = {},
  state: Partial<ReportState> = {},
): Change[] => [
  changeOf('report', idOf(n), reportOf(n, report)),
  changeOf('report_state', idOf(n), reportStateOf(n, state)),
]

/** What every agency's snapshot begins with. */
export const officeChanges = (): Change[] => [
  changeOf('settings', 'PUPR', settings),
  changeOf('agency', 'PUPR', {
    id: 'PUPR',
    name: 'Dinas PUPR',
    shortName: 'PUPR',
    active: true,
    operator: false,
  }),
  changeOf('agency', 'DLH', {
    id: 'DLH',
    name: 'Dinas Lingkungan Hidup',
    shortName: 'DLH',
    active: true,
    operator: false,
  }),
  ...Object.values(people).map((person) => changeOf('person', person.id, person)),
]
