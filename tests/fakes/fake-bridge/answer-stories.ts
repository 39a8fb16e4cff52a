import type { Draft, ReplyView } from '@shared/ipc/views.ts'
import type { Template } from '@shared/domain/settings.ts'
import { PEOPLE, uuid } from './office.ts'
import type { FakeReport } from './reports.ts'

const HOUR = 3_600_000
const hash = (n: number) => n.toString(16).padStart(64, 'b')

const ACK_BODY =
  'Yth. Bapak/Ibu,\n\nTerima kasih atas laporan Anda tentang jalan Kuala Kencana sampai Iwaka. Tim Bidang Bina Marga sudah memeriksa lokasi pada Selasa, 17 November 2026 dan menemukan tujuh titik rusak.\n\nTitik yang paling dalam ditimbun sementara minggu ini. Pengaspalan masuk rencana 2027 dan jadwalnya kami umumkan setelah anggaran ditetapkan.\n\nSalam,\nDinas Pekerjaan Umum dan Penataan Ruang'
const ACK_BEFORE =
  'Yth. Bapak/Ibu,\n\nTerima kasih atas laporan Anda tentang jalan Kuala Kencana sampai Iwaka. Tim sudah memeriksa lokasi.\n\nPengaspalan akan segera dilaksanakan.\n\nSalam,\nDinas Pekerjaan Umum dan Penataan Ruang'
const PHONE_BODY =
  'Terima kasih. Air di SP2 jalur 5 berhenti karena pompa utama terbakar. Pompa pengganti dipasang Kamis, 26 November 2026.\n\nSampai air jalan lagi, tangki air datang setiap pagi pukul 06.00 WIT di depan gereja. Bila tangki tidak datang, hubungi 0812 4800 1234.'
const OWN_BODY =
  'Terima kasih. Usul lampu dan trotoar di jalan Hasanuddin kami teruskan ke musyawarah perencanaan distrik, Februari 2027.'

const reply = (fake: FakeReport, n: number, part: Partial<ReplyView>): ReplyView => ({
  id: uuid(5500 + n),
  reportId: fake.report.id,
  kind: 'acknowledgement',
  state: 'submitted',
  body: ACK_BODY,
  attachments: [],
  authorId: PEOPLE[0]!.id,
  hash: hash(n),
  reportVersion: 1,
  revision: 1,
  submittedAt: fake.report.requestedAt + 50 * HOUR,
  approverId: null,
  decidedAt: null,
  returnReason: null,
  publishedAt: null,
  authorName: PEOPLE[0]!.name,
  approverName: null,
  pending: false,
  ...part,
})

const draft = (fake: FakeReport, n: number, author: number, part: Partial<Draft>): Draft => ({
  id: uuid(6500 + n),
  reportId: fake.report.id,
  kind: 'acknowledgement',
  body: '',
  attachments: [],
  authorId: PEOPLE[author]!.id,
  authorName: PEOPLE[author]!.name,
  savedAt: Date.now() - n * HOUR,
  replyId: null,
  ...part,
})

/** Body and reason of the revision before, by reply id. */
export const PREVIOUS: ReadonlyMap<string, { body: string; reason: string | null; revision: number }> =
  new Map([
    [
      uuid(5501),
      {
        body: ACK_BEFORE,
        reason: 'Sebutkan apa yang ditemukan tim dan kapan pengaspalan dijadwalkan.',
        revision: 1,
      },
    ],
  ])

/** Puts answers in every stage on the first reports of the fake office. */
export function addAnswers(reports: readonly FakeReport[]): void {
  const at = (n: number) => reports[n]
  const waiting = at(5)
  if (waiting)
    waiting.replies = [
      reply(waiting, 1, { revision: 2, attachments: waiting.report.attachments.slice(0, 1) }),
    ]
  const water = at(1)
  if (water) {
    water.replies = [
      reply(water, 2, {
        body: PHONE_BODY,
        authorId: PEOPLE[1]!.id,
        authorName: PEOPLE[1]!.name,
        pending: true,
      }),
    ]
    water.drafts = [
      draft(water, 1, 0, {
        kind: 'final',
        body: 'Yth. Warga SP2,\n\nAir sudah mengalir lagi sejak {tanggal}. Bila belum, hubungi Bapak Yulius di 081240556677.\n\nTerima kasih sudah melapor.',
      }),
      draft(water, 5, 1, {
        kind: 'final',
        body: 'Pompa sudah diganti hari Kamis. Kami mohon maaf atas keterlambatan dan mengucapkan terima kasih atas kesabaran warga SP2 jalur 5.',
      }),
    ]
  }
  const lamps = at(6)
  if (lamps)
    lamps.replies = [
      reply(lamps, 3, {
        kind: 'final',
        body: OWN_BODY,
        authorId: PEOPLE[2]!.id,
        authorName: PEOPLE[2]!.name,
      }),
    ]
  const fresh = at(0)
  if (fresh) fresh.drafts = []
}

/** Reply templates of the office. */
export const TEMPLATES: readonly Template[] = [
  {
    id: uuid(8801),
    name: 'Respon awal: tim memeriksa lokasi',
    kind: 'acknowledgement',
    classes: [],
    services: [],
    body: 'Yth. Bapak/Ibu {nama},\n\nTerima kasih atas laporan nomor {nomor} tentang {subjek}. Tim kami memeriksa lokasi di {lokasi} paling lambat {tanggal}.\n\nSalam,\n{instansi}',
  },
  {
    id: uuid(8802),
    name: 'Respon awal: menunggu anggaran',
    kind: 'acknowledgement',
    classes: [],
    services: [],
    body: 'Terima kasih. Pekerjaan di {lokasi} diusulkan untuk anggaran 2027. Kami mengabari Anda setelah anggaran ditetapkan.\n\n{instansi}',
  },
  {
    id: uuid(8803),
    name: 'Jawaban akhir: pekerjaan selesai',
    kind: 'final',
    classes: [],
    services: [],
    body: 'Yth. Bapak/Ibu {nama},\n\nPekerjaan di {lokasi} selesai pada {tanggal}. Terima kasih sudah melapor.\n\n{instansi}',
  },
]
