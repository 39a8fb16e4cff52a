import type { Agency, Person, Role } from '@shared/domain/person.ts'
import type { AgencySettings } from '@shared/domain/settings.ts'

/** A readable fixed id: `uuid(3)`. */
export const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

const person = (
  n: number,
  name: string,
  position: string,
  unit: string,
  roles: Role[],
  after = '',
): Person => ({
  id: uuid(n),
  agencyId: 'PUPR',
  name,
  titleBefore: '',
  titleAfter: after,
  position,
  unit,
  rank: 'Penata Muda',
  grade: 'III/a',
  nip: null,
  roles,
  active: true,
})

/** A small office: two clerks, two supervisors, an agenda clerk. All invented. */
export const PEOPLE: readonly Person[] = [
  person(
    1,
    'Yuliana Wenda',
    'Staf Subbagian Umum dan Kepegawaian',
    'Subbagian Umum dan Kepegawaian',
    ['clerk'],
    'S.Sos.',
  ),
  person(2, 'Markus Tabuni', 'Pengelola Pengaduan', 'Sekretariat', ['clerk', 'agenda_clerk']),
  person(3, 'Agustinus Rumbiak', 'Kepala Dinas', 'Sekretariat', ['supervisor'], 'S.T., M.T.'),
  person(
    4,
    'Siti Nurhaliza Lokbere',
    'Kepala Bidang Bina Marga',
    'Bidang Bina Marga',
    ['supervisor'],
    'S.T.',
  ),
  person(5, 'Theresia Magai', 'Kepala Subbagian Umum dan Kepegawaian', 'Subbagian Umum dan Kepegawaian', [
    'agenda_clerk',
    'agency_admin',
  ]),
]

/** The regency's agencies. */
export const AGENCIES: readonly Agency[] = [
  ['PUPR', 'Dinas Pekerjaan Umum dan Penataan Ruang', 'Dinas PUPR'],
  ['DISHUB', 'Dinas Perhubungan', 'Dishub'],
  ['DLH', 'Dinas Lingkungan Hidup', 'DLH'],
  ['DINKES', 'Dinas Kesehatan', 'Dinkes'],
].map(([id, name, shortName]) => ({
  id: id!,
  name: name!,
  shortName: shortName!,
  active: true,
  operator: false,
}))

/** Rules and calendar enough for the clocks. */
export const SETTINGS: Pick<AgencySettings, 'ruleSets' | 'calendar'> = {
  ruleSets: [
    {
      id: 'bawaan-2025',
      name: 'Tenggat bawaan',
      validFrom: '2025-01-01',
      source: '',
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
    holidays: [{ date: '2026-11-02', name: 'Libur lokal', kind: 'local' }],
  },
}

/** Lists a disposition chooses from. */
export const OFFICE_LISTS = {
  units: [
    'Sekretariat',
    'Bidang Bina Marga',
    'Bidang Cipta Karya',
    'Bidang Sumber Daya Air',
    'UPTD Peralatan dan Perbekalan',
  ],
  instructions: [
    'Untuk diketahui',
    'Untuk ditindaklanjuti sesuai ketentuan',
    'Periksa lapangan dan laporkan',
    'Siapkan konsep jawaban',
    'Koordinasikan dengan instansi terkait',
    'Arsip',
  ],
  archiveReasons: [
    'Bukan laporan (ucapan, uji coba)',
    'Isi tidak dapat dipahami',
    'Laporan yang sama sudah dijawab',
    'Dicabut pelapor',
  ],
}
