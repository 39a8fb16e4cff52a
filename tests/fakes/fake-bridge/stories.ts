import type { ReportClass, ReportStateName } from '@shared/domain/report.ts'

/** One invented citizen's story. `age` in days before now. */
export interface Story {
  subject: string
  body: string
  service: [code: string, name: string]
  district: string
  address: string
  state: ReportStateName
  age: number
  class?: ReportClass
  flags?: 'anonymous' | 'confidential' | 'both'
  reporter?: string
  photos?: number
  reply?: 'submitted' | 'returned' | 'approved' | 'published'
  mine?: boolean
  unread?: boolean
  citizenReplied?: boolean
  priority?: 'low' | 'high' | 'urgent'
}

const road: Story['service'] = ['jalan', 'Jalan dan jembatan']
const water: Story['service'] = ['air', 'Air bersih']
const drain: Story['service'] = ['drainase', 'Drainase dan banjir']

/** The stories every fake desk begins with; the rest of the list is made from them. */
export const STORIES: readonly Story[] = [
  {
    subject: 'Jalan masuk Timika Indah 2 berlubang dalam, dua motor sudah jatuh minggu ini',
    body: 'Selamat siang. Jalan masuk Timika Indah 2 dari arah jalan raya sudah berlubang dalam sekali, tepat di depan kios Mama Debora.\n\nMinggu ini sudah dua motor jatuh, satu ibu luka di tangan. Kalau hujan lubang tidak kelihatan karena penuh air. Tolong ditimbun dulu sementara, kami warga siap bantu kerja.\n\nTerima kasih.',
    service: road,
    district: 'Mimika Baru',
    address: 'Jalan masuk Timika Indah 2, depan kios Mama Debora',
    state: 'received',
    age: 6,
    reporter: 'Debora Kogoya',
    photos: 2,
    unread: true,
    priority: 'high',
  },
  {
    subject: 'Air di SP2 jalur 5 tidak jalan sudah dua minggu',
    body: 'Air PAM di SP2 jalur 5 tra jalan su dua minggu. Kitong beli air tangki terus, mahal sekali.',
    service: water,
    district: 'Mimika Timur',
    address: 'SP2 jalur 5',
    state: 'verified',
    age: 7,
    class: 'keluhan',
    flags: 'anonymous',
    unread: true,
    mine: true,
  },
  {
    subject: 'Got depan Pasar Sentral tersumbat, air naik ke kios',
    body: 'Got besar depan Pasar Sentral tersumbat sampah dan lumpur. Tiap hujan air naik masuk kios. Barang dagangan rusak. Mohon dikeruk sebelum musim hujan.',
    service: drain,
    district: 'Mimika Baru',
    address: 'Pasar Sentral Timika, blok ikan',
    state: 'disposed',
    age: 12,
    class: 'keluhan',
    reporter: 'Yosep Amisim',
    photos: 3,
    reply: 'returned',
    mine: true,
  },
  {
    subject: 'Pungutan di loket izin membangun',
    body: 'Saya dimintai uang di luar tarif resmi oleh petugas loket ketika mengurus izin. Saya tidak diberi kuitansi. Mohon diperiksa dan nama saya dirahasiakan.',
    service: ['pelayanan', 'Pelayanan dinas'],
    district: 'Mimika Baru',
    address: 'Kantor Dinas PUPR, loket 3',
    state: 'received',
    age: 3,
    flags: 'both',
    unread: true,
    priority: 'urgent',
  },
  {
    subject: 'Jembatan kayu Kampung Nawaripi lapuk',
    body: 'Papan jembatan kayu ke Kampung Nawaripi sudah lapuk, anak sekolah lewat setiap hari. Satu papan sudah jatuh ke kali.',
    service: road,
    district: 'Wania',
    address: 'Jembatan kayu Nawaripi',
    state: 'acknowledged',
    age: 15,
    class: 'keluhan',
    reporter: 'Fransiskus Omabak',
    photos: 1,
    reply: 'published',
  },
  {
    subject: 'Kapan jalan Kuala Kencana sampai Iwaka diaspal',
    body: 'Mohon informasi jadwal pengaspalan ruas Kuala Kencana ke Iwaka tahun ini atau tahun depan.',
    service: road,
    district: 'Kuala Kencana',
    address: 'Ruas Kuala Kencana – Iwaka',
    state: 'verified',
    age: 5,
    class: 'informasi',
    reporter: 'Imanuel Tsolme',
    reply: 'submitted',
  },
  {
    subject: 'Usul tambah lampu dan trotoar di jalan Hasanuddin',
    body: 'Usul dari warga RT 07 supaya ruas Hasanuddin diberi trotoar. Anak sekolah jalan di badan jalan.',
    service: road,
    district: 'Mimika Baru',
    address: 'Jalan Hasanuddin RT 07',
    state: 'scheduled',
    age: 40,
    class: 'aspirasi',
    reporter: 'Ketua RT 07',
  },
  {
    subject: 'Banjir di SP3 jalur 2 setelah hujan satu jam',
    body: 'Setiap hujan satu jam saja jalur 2 SP3 sudah banjir setinggi lutut. Saluran kecil sekali.',
    service: drain,
    district: 'Kuala Kencana',
    address: 'SP3 jalur 2',
    state: 'awaiting_citizen',
    age: 9,
    class: 'keluhan',
    reporter: 'Nelce Mom',
    citizenReplied: true,
  },
  {
    subject: 'Kabel listrik menjuntai di jalan Cenderawasih',
    body: 'Ada kabel listrik menjuntai rendah sekali di jalan Cenderawasih depan gereja. Bahaya.',
    service: ['lainnya', 'Lainnya'],
    district: 'Mimika Baru',
    address: 'Jalan Cenderawasih depan gereja',
    state: 'referral_proposed',
    age: 2,
    class: 'keluhan',
    reporter: 'Petrus Yanampa',
    photos: 1,
  },
  {
    subject: 'Pertanggungjawaban pemeliharaan saluran drainase lingkungan permukiman Kelurahan Kebun Sirih',
    body: 'Warga Kelurahan Kebun Sirih memohon penjelasan tertulis mengenai pertanggungjawaban pemeliharaan saluran drainase lingkungan permukiman tahun anggaran berjalan.',
    service: drain,
    district: 'Mimika Baru',
    address: 'Kelurahan Kebun Sirih',
    state: 'resolved',
    age: 25,
    class: 'pengaduan',
    reporter: 'Perkumpulan Warga Kebun Sirih',
    reply: 'published',
  },
  {
    subject: 'Tes',
    body: 'tes tes satu dua',
    service: ['lainnya', 'Lainnya'],
    district: 'Mimika Baru',
    address: '',
    state: 'archive_proposed',
    age: 1,
  },
  {
    subject: 'Lubang di jalan masuk Timika Indah 2',
    body: 'Di Timika Indah 2 ada lubang besar, kemarin motor jatuh.',
    service: road,
    district: 'Mimika Baru',
    address: 'Timika Indah 2',
    state: 'received',
    age: 4,
    reporter: 'Anike Murib',
    photos: 1,
    unread: true,
  },
]
