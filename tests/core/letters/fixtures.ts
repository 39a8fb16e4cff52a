import type { LetterProfile } from '@shared/domain/letter.ts'
import type { DispositionInput } from '../../../electron/core/letters/render-disposition.ts'
import type { ReplyLetterInput } from '../../../electron/core/letters/render-reply.ts'
import { printAssets } from '../../../electron/core/letters/letter-assets.ts'

/** A profile of the 2023 form. */
export const profile: LetterProfile = {
  id: 'pupr-2026',
  agencyId: 'PUPR',
  name: 'PUPR A4, bentuk 2023',
  validFrom: '2026-01-01',
  kop: [
    { text: 'PEMERINTAH KABUPATEN MIMIKA', size: 13, bold: false },
    { text: 'DINAS PEKERJAAN UMUM DAN PENATAAN RUANG', size: 17, bold: true },
    { text: 'Jalan Cenderawasih Nomor 00 (latihan), Timika, Papua Tengah 99900', size: 9.5, bold: false },
    { text: 'Telepon (0901) 000-110 Pos-el pupr@latihan.example', size: 9.5, bold: false },
    { text: 'Dokumen latihan – bukan naskah dinas', size: 9, bold: false },
  ],
  emblem: 'lambang-contoh',
  paper: 'A4',
  dispositionPaper: 'A4',
  margins: { top: 20, right: 20, bottom: 25, left: 30 },
  fontSizePt: 12,
  place: 'Timika',
  register: {
    id: 'pupr-keluar',
    name: 'Surat keluar',
    pattern: '{K}/{N}/{UNIT}/{Y}',
    unit: 'PUPR',
    classification: '600.1.9',
  },
  classifications: { 'air-bersih': '600.1.16' },
  natures: ['Biasa', 'Penting', 'Segera', 'Sangat Segera', 'Rahasia'],
  instructions: [
    'Tindak lanjuti',
    'Siapkan jawaban',
    'Adakan pengecekan lapangan',
    'Koordinasi/konfirmasikan',
    'Tanggapan dan saran',
    'Telaah dan laporkan',
    'Laksanakan dan laporkan',
    'Pantau/ikuti perkembangan',
    'Jadwalkan/agendakan',
    'Bicarakan dengan saya',
    'Untuk diketahui',
    'Arsip',
  ],
  recipients: [
    'Sekretaris',
    'Kepala Bidang Bina Marga',
    'Kepala Bidang Cipta Karya dan Air Bersih',
    'Kepala Bidang Sumber Daya Air',
    'Kepala Bidang Tata Ruang',
    'Kepala UPTD Peralatan dan Perbekalan',
    'Pengawas Lapangan Jalan',
    'Kepala Subbagian Umum dan Kepegawaian',
  ],
  addresseePlace: 'below_subject',
  opening:
    'Menindaklanjuti laporan Saudara yang kami terima pada tanggal {tanggal} dengan nomor {nomor} perihal {subjek}, bersama ini kami sampaikan hal-hal sebagai berikut:',
  closing:
    'Demikian disampaikan. Atas perhatian dan peran serta Saudara dalam memperbaiki pelayanan publik di Kabupaten Mimika, kami ucapkan terima kasih.',
  signerId: '00000000-0000-4000-8000-000001000001',
  signerTitle: ['KEPALA DINAS PEKERJAAN UMUM DAN PENATAAN RUANG', 'KABUPATEN MIMIKA,'],
  copies: ['Bupati Mimika (sebagai laporan);', 'Inspektur Kabupaten Mimika;', 'Arsip.'],
}

const zone = { utcOffsetMinutes: 540, zoneLabel: 'WIT' }
const signer = {
  name: 'Yohanis Rante Tondok',
  titleBefore: '',
  titleAfter: 'S.T., M.T.',
  position: 'Kepala Dinas',
  rank: 'Pembina Utama Muda',
  grade: 'IV/c',
  nip: '197105141999031901',
}
const report = {
  number: 'PUPR-26-000412',
  serviceCode: 'jalan-rusak',
  subject: 'Jalan masuk Perumahan Timika Indah 2 berlubang',
  body: 'Jalan masuk Perumahan Timika Indah 2 berlubang, hujan sedikit tergenang, belum pernah aspal. Anak sekolah jatuh dua kali.',
  address: 'Jalan masuk Perumahan Timika Indah 2',
  district: 'Mimika Baru',
  requestedAt: Date.parse('2026-11-05T00:12:00Z'),
  reporter: { name: 'Maria Kogoya', phone: '081200000000', email: null },
}

/** An answer with paragraphs and a numbered list. */
export const ANSWER = `Terima kasih atas laporan Saudara. Petugas kami telah meninjau lokasi pada tanggal 9 November 2026.

Dari hasil peninjauan kami sampaikan bahwa:
1. Kerusakan berada pada ruas jalan sepanjang 120 meter dengan 14 lubang, sebagian tergenang karena saluran tersumbat.
2. Penambalan sementara dilaksanakan pada tanggal 12–13 November 2026 dan telah selesai.
3. Pengaspalan penuh diusulkan dalam anggaran tahun 2027, meliputi:
a. pembersihan saluran di kedua sisi jalan;
b. pengaspalan sepanjang 120 meter.

Apabila kerusakan muncul kembali sebelum pengaspalan, Saudara dapat menyampaikannya melalui Lapor Akai Meno dengan menyebut nomor laporan di atas.`

/** A reply letter, issued unless changed. */
export const reply = (change: Partial<ReplyLetterInput> = {}): ReplyLetterInput => ({
  profile,
  assets: printAssets,
  paper: 'A4',
  zone,
  agencyName: 'Dinas Pekerjaan Umum dan Penataan Ruang',
  report,
  state: { anonymous: false, confidential: false },
  body: ANSWER,
  attachmentCount: 2,
  date: '2026-11-24',
  subject: 'Jawaban atas Laporan: Jalan masuk Perumahan Timika Indah 2 berlubang',
  signer,
  issued: {
    number: '600.1.9/128/PUPR/2026',
    verifyUrl: 'https://lapor.mimika.example/v1/verify/Q1w2E3r4T5y6U7i8O9p0AA',
  },
  ...change,
})

/** A disposition sheet, filled unless changed. */
export const disposition = (change: Partial<DispositionInput> = {}): DispositionInput => ({
  profile,
  assets: printAssets,
  paper: 'A4',
  zone,
  report,
  state: { anonymous: false, confidential: false },
  withText: true,
  agendaNumber: null,
  receivedAt: Date.parse('2026-11-05T00:20:00Z'),
  disposition: {
    recipients: ['Kepala Bidang Bina Marga', 'Pengawas Lapangan Jalan'],
    instructions: ['Tindak lanjuti', 'Adakan pengecekan lapangan', 'Siapkan jawaban'],
    note: 'Cek dulu apakah ruas ini sudah masuk usulan 2027. Foto sebelum dan sesudah penambalan.',
    dueOn: '2026-11-12',
    urgency: 'segera',
    createdAt: Date.parse('2026-11-06T01:05:00Z'),
  },
  signer,
  signerTitle: ['KEPALA DINAS,'],
  ...change,
})
