import { PDFDocument, StandardFonts, rgb } from '@cantoo/pdf-lib'
import { PAPER_MM, type LetterProfile } from '@shared/domain/letter.ts'
import type { Handlers } from '@shared/ipc/contract.ts'
import { AppError } from '@shared/ipc/errors.ts'
import type { LetterView } from '@shared/ipc/views.ts'
import { PEOPLE, uuid } from './office.ts'
import type { World } from './world.ts'

const HOUR = 3_600_000

/** A two-page PDF of the letter's paper with a frame at the margins: enough to see scale, rulers and pages. */
async function samplePdf(letter: LetterView): Promise<Uint8Array<ArrayBuffer>> {
  const pdf = await PDFDocument.create()
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  const mm = (value: number) => (value * 72) / 25.4
  const { width, height } = PAPER_MM[letter.paper]
  for (let n = 1; n <= (letter.pages ?? 1); n++) {
    const page = pdf.addPage([mm(width), mm(height)])
    page.drawRectangle({
      x: mm(30),
      y: mm(25),
      width: mm(width - 50),
      height: mm(height - 45),
      borderColor: rgb(0.6, 0.6, 0.6),
      borderWidth: 0.5,
    })
    page.drawText(`Nomor: ${letter.number ?? 'KONSEP'}`, { x: mm(34), y: mm(height - 34), size: 12, font })
    page.drawText(`Hal: ${letter.subject.slice(0, 60)}`, { x: mm(34), y: mm(height - 42), size: 12, font })
    page.drawText(`Halaman ${n}`, { x: mm(width / 2 - 8), y: mm(15), size: 10, font })
  }
  return new Uint8Array(await pdf.save())
}

/** The fake office's letter profile. */
export const PROFILE: LetterProfile = {
  id: 'pupr-2026',
  agencyId: 'PUPR',
  name: 'Surat dinas PUPR',
  validFrom: '2026-01-01',
  kop: [
    { text: 'PEMERINTAH KABUPATEN MIMIKA', size: 13, bold: false },
    { text: 'DINAS PEKERJAAN UMUM DAN PENATAAN RUANG', size: 17, bold: true },
    { text: 'Jalan Cenderawasih, Timika, Papua Tengah 99910', size: 10, bold: false },
  ],
  emblem: null,
  paper: 'A4',
  dispositionPaper: 'F4',
  margins: { top: 20, right: 20, bottom: 25, left: 30 },
  fontSizePt: 12,
  place: 'Timika',
  register: {
    id: 'keluar',
    name: 'Surat Keluar Dinas PUPR',
    pattern: '{K}/{N:3}{SISIP}/{UNIT}/{BULAN_ROMAWI}/{Y}',
    unit: 'DPUPR',
    classification: '600.1',
  },
  classifications: {},
  natures: ['Biasa'],
  instructions: ['Untuk ditindaklanjuti'],
  recipients: ['Sekretaris'],
  addresseePlace: 'below_subject',
  opening: '',
  closing: '',
  signerId: PEOPLE[2]!.id,
  signerTitle: ['KEPALA DINAS PEKERJAAN UMUM DAN PENATAAN RUANG,'],
  copies: ['Sekretaris Daerah Kabupaten Mimika'],
}

/** Letters in every state and the register of the year. */
export function letterHandlers(world: World) {
  const letter = (n: number, state: LetterView['state'], part: Partial<LetterView> = {}): LetterView => {
    const fake = world.reports[n % Math.max(1, world.reports.length)]!
    const numbered = state === 'issued' || state === 'void'
    const at = world.now() - (20 - n) * 30 * HOUR
    return {
      id: uuid(7800 + n),
      kind: 'reply',
      state,
      number: numbered ? `600.1/${String(n).padStart(3, '0')}/DPUPR/XI/2026` : null,
      n: numbered ? n : null,
      suffix: '',
      year: 2026,
      date: new Date(at).toISOString().slice(0, 10),
      subject: `Jawaban laporan: ${fake.report.subject}`,
      addressee: fake.report.reporter?.name ?? 'Pelapor',
      paper: 'A4',
      reportId: fake.report.id,
      reportNumber: fake.report.number,
      replyId: uuid(5500),
      dispositionId: null,
      sha256: numbered ? 'd4'.repeat(32) : null,
      pages: 2,
      voidReason: state === 'void' ? 'Nama penerima keliru; diganti surat nomor 14.' : null,
      verifyUrl: null,
      prints: n % 3,
      createdAt: at,
      issuedAt: numbered ? at : null,
      pending: false,
      ...part,
    }
  }
  let letters: LetterView[] = world.reports.length
    ? [
        letter(17, 'draft'),
        letter(18, 'draft', {
          kind: 'disposition',
          paper: 'F4',
          pages: 1,
          addressee: 'Kepala Bidang Bina Marga',
          subject: 'Lembar disposisi',
        }),
        letter(16, 'waiting_number'),
        letter(15, 'issued', { pending: true, prints: 0 }),
        letter(14, 'issued'),
        letter(12, 'void'),
        letter(11, 'issued'),
        letter(11, 'issued', { id: uuid(7899), suffix: '.a', number: '600.1/011.a/DPUPR/XI/2026' }),
        letter(10, 'issued', {
          addressee: 'Ketua RT 07 Kelurahan Kebun Sirih, Distrik Mimika Baru, Kabupaten Mimika',
        }),
      ]
    : []
  const find = (letterId: string) => {
    const found = letters.find((one) => one.id === letterId)
    if (!found) throw new AppError('not_found')
    return found
  }
  const change = (letterId: string, part: Partial<LetterView>) => {
    letters = letters.map((one) => (one.id === letterId ? { ...one, ...part } : one))
    world.stale('letters')
    return find(letterId)
  }
  return {
    'letters.list': () => letters,
    'letters.draft': ({ kind, reportId, replyId, dispositionId, paper }) => {
      const same = letters.find(
        (one) => one.state === 'draft' && one.reportId === reportId && one.kind === kind,
      )
      if (same) return change(same.id, { paper: paper ?? same.paper })
      const made = letter(40 + letters.length, 'draft', {
        kind,
        reportId,
        replyId,
        dispositionId,
        paper: paper ?? 'A4',
      })
      letters = [made, ...letters]
      world.stale('letters')
      return made
    },
    'letters.discard': ({ letterId }) => {
      letters = letters.filter((one) => one.id !== letterId)
      world.stale('letters')
      return {}
    },
    'letters.issue': ({ letterId }) =>
      find(letterId).state === 'waiting_number'
        ? find(letterId)
        : change(letterId, {
            state: 'issued',
            number: '600.1/019/DPUPR/XI/2026',
            n: 19,
            pending: true,
            issuedAt: world.now(),
          }),
    'letters.void': ({ letterId, reason }) => {
      change(letterId, { state: 'void', voidReason: reason, pending: true })
      return { mutationId: uuid(990_001), undoUntil: world.now() + 10_000 }
    },
    'letters.pdf': async ({ letterId }) => ({ bytes: await samplePdf(find(letterId)), name: 'surat.pdf' }),
    'letters.print': ({ letterId }) => {
      const copy = find(letterId).prints
      change(letterId, { prints: copy + 1 })
      return { printed: true, copy }
    },
    'letters.saveAs': () => ({ saved: true }),
    'letters.register': ({ year }) => ({
      registerName: PROFILE.register.name,
      year,
      rows: letters.filter((one) => one.n !== null && one.year === year),
      leases: letters.length ? [{ from: 16, to: 25, left: 10 }] : [],
      gaps:
        letters.length && year === 2026
          ? [
              ...[1, 2, 3, 4, 5, 6].map((n) => ({ n, why: 'leased_elsewhere' as const })),
              { n: 7, why: 'unexplained' as const },
              { n: 8, why: 'leased_elsewhere' as const },
              { n: 9, why: 'leased_elsewhere' as const },
              { n: 13, why: 'unexplained' as const },
              ...[16, 17, 18, 19, 20, 21, 22, 23, 24, 25].map((n) => ({ n, why: 'leased_here' as const })),
            ]
          : [],
    }),
    'letters.profile': () => PROFILE,
  } satisfies Partial<Handlers>
}
