import type { BootstrapInput } from '../../electron/hub/index.ts'
import type { AgencySettings } from '@shared/domain/settings.ts'
import type { Role } from '@shared/domain/person.ts'

/** Everyone's password in the fictional regency. */
export const PASSWORD = 'rahasia-latihan'

const person = (n: number, agencyId: string, name: string, roles: Role[]) => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  agencyId,
  name,
  titleBefore: '',
  titleAfter: '',
  position: `Jabatan ${name}`,
  unit: 'Sekretariat',
  rank: '',
  grade: '',
  nip: null,
  roles,
  active: true,
  password: PASSWORD,
})

/** The people, by a short name. */
export const PEOPLE = {
  clerk: person(1, 'PUPR', 'Klara Petugas', ['clerk']),
  supervisor: person(2, 'PUPR', 'Simon Pejabat', ['supervisor', 'clerk']),
  admin: person(3, 'PUPR', 'Ayu Pengelola', ['agency_admin', 'agenda_clerk']),
  second: person(4, 'PUPR', 'Bram Kabid', ['supervisor']),
  dlhClerk: person(11, 'DLH', 'Dina Lingkungan', ['clerk']),
  dlhSupervisor: person(12, 'DLH', 'Damar Lingkungan', ['supervisor']),
  operator: person(21, 'KOMINFO', 'Oki Operator', ['operator', 'supervisor', 'agency_admin']),
} as const

const settings = (agencyId: string, signerId: string): AgencySettings => ({
  ruleSets: [
    {
      id: 'baku',
      name: 'Aturan baku',
      validFrom: '2025-01-01',
      source: 'contoh',
      verifyDays: 3,
      responseDays: 5,
      settlementDays: { informasi: 5, aspirasi: 14, keluhan: 14, pengaduan: 14, pengaduanOversight: 60 },
      closeAfterSilentDays: 10,
      pausesSettlement: ['awaiting_citizen', 'scheduled'],
    },
  ],
  calendar: {
    zone: 'Asia/Jayapura',
    zoneLabel: 'WIT',
    utcOffsetMinutes: 540,
    workdays: [1, 2, 3, 4, 5],
    holidays: [],
  },
  templates: [],
  letterProfiles: [
    {
      id: `${agencyId}-1`,
      agencyId,
      name: 'Profil contoh',
      validFrom: '2025-01-01',
      kop: [{ text: 'PEMERINTAH KABUPATEN CONTOH', size: 14, bold: true }],
      emblem: null,
      paper: 'A4',
      dispositionPaper: 'A4',
      margins: { top: 20, right: 20, bottom: 20, left: 25 },
      fontSizePt: 12,
      place: 'Timika',
      register: {
        id: 'surat-keluar',
        name: 'Surat keluar',
        pattern: '{K}/{N:3}/{UNIT}/{Y}',
        unit: agencyId,
        classification: '600',
      },
      classifications: {},
      natures: ['Biasa'],
      instructions: ['Tindak lanjuti'],
      recipients: ['Sekretaris'],
      addresseePlace: 'below_subject',
      opening: 'Sehubungan dengan laporan Saudara,',
      closing: 'Demikian disampaikan.',
      signerId,
      signerTitle: ['KEPALA DINAS,'],
      copies: [],
    },
  ],
  units: ['Sekretariat', 'Bidang Bina Marga'],
  archiveReasons: ['Tidak dapat ditindaklanjuti'],
  verifyBaseUrl: 'http://127.0.0.1:8311',
})

const agency = (id: string, name: string, operator = false) => ({
  id,
  name,
  shortName: id,
  active: true,
  operator,
})
const service = (id: string, agencyId: string | null) => ({
  id,
  name: `Layanan ${id}`,
  description: '',
  group: 'Umum',
  keywords: ['contoh'],
  agencyId,
  active: true,
})

/** Three offices, one of them the operator's, with seven people and four services; all of it invented. */
export const SMALL_REGENCY: BootstrapInput = {
  hubName: 'Kabupaten Contoh',
  agencies: [
    agency('PUPR', 'Dinas Pekerjaan Umum'),
    agency('DLH', 'Dinas Lingkungan'),
    agency('KOMINFO', 'Dinas Kominfo', true),
  ],
  services: [
    service('jalan', 'PUPR'),
    service('drainase', 'PUPR'),
    service('sampah', 'DLH'),
    service('lain', null),
  ],
  people: Object.values(PEOPLE).map((p) => ({ ...p, roles: [...p.roles] })),
  settings: {
    PUPR: settings('PUPR', PEOPLE.supervisor.id),
    DLH: settings('DLH', PEOPLE.dlhSupervisor.id),
    KOMINFO: settings('KOMINFO', PEOPLE.operator.id),
  },
  apiKeys: [{ key: 'kunci-warga', name: 'aplikasi warga' }],
}
