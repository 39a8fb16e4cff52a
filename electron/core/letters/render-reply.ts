/**
 * Surat jawaban. How a command makes one (each function is imported from its own file):
 *   profileOn(settings.letterProfiles, date) → profile, null: AppError('no_profile')           profile.ts
 *   numberFor(profile, { serviceCode, n: null | lease number, suffix, date }) → number text     profile.ts
 *   verifyToken(random(16)), verifyUrl(settings.verifyBaseUrl, token)                           verify-token.ts
 *   renderReply({ … }) → HTML → host.printPdf({ html, title }) → bytes                          here
 *   finishPdf(bytes, { title, author, at, … }) → { bytes, pages }: store these, print these     pdf-finish.ts
 * A draft is the same call with `issued: null`: blank number, KONSEP on every page, no QR.
 */
import type { LetterProfile, Paper } from '@shared/domain/letter.ts'
import { dateAt } from '@shared/domain/days.ts'
import { longDate, type Zone } from '@shared/domain/locale.ts'
import type { Report, ReportState } from '@shared/domain/report.ts'
import { countOf } from '@shared/domain/terbilang.ts'
import { addresseeOf, printableName } from './addressee.ts'
import { answerBlocks, withoutFrame, type Block } from './answer-blocks.ts'
import { fillFields } from './fields.ts'
import { html, lines, type Html } from './html.ts'
import type { LetterAssets } from './letter-assets.ts'
import { kop, letterPage } from './letter-page.ts'
import { numberFor } from './profile.ts'
import { qrSvg } from './qr.ts'
import { SIGNATURE_CSS, signatureBlock, type Signer } from './signature.ts'

/** Everything a reply letter prints. `body` is the approved answer, quoted word for word but for its own greeting and farewell. */
export interface ReplyLetterInput {
  profile: LetterProfile
  assets: LetterAssets
  paper: Paper
  zone: Zone
  agencyName: string
  report: Pick<
    Report,
    'number' | 'serviceCode' | 'subject' | 'address' | 'district' | 'requestedAt' | 'reporter'
  >
  state: Pick<ReportState, 'anonymous' | 'confidential'>
  body: string
  attachmentCount: number
  /** Date of the letter in the office's zone. */
  date: string
  /** Hal; `replySubject` makes the usual one. */
  subject: string
  signer: Signer
  /** Null for a draft; else the number by `numberFor` and the link by `verifyUrl`. */
  issued: { number: string; verifyUrl: string } | null
}

/** `Jawaban atas Laporan: …`, the usual subject of a reply letter. */
export const replySubject = (report: Pick<Report, 'subject'>): string =>
  `Jawaban atas Laporan: ${report.subject}`

/** A closing this long fills two lines by itself, enough to go with a signature to the next page. */
const TWO_LINES = 110
/** A last block up to this long goes along when the closing is shorter. */
const KEPT_CHARS = 420

const CSS = `
.kepala{display:grid;grid-template-columns:minmax(0,1fr) auto;column-gap:6mm;margin-bottom:4mm}
.kepala.kanan{grid-template-columns:minmax(0,1fr) 66mm}
.kepala dl{display:grid;grid-template-columns:21mm 4mm minmax(0,1fr);align-content:start}
.kepala .nomor{white-space:pre-wrap}
.tanggal{text-align:right;white-space:nowrap}
.kanan .tanggal{text-align:left}
.tujuan{margin-bottom:4mm;max-width:90mm}
.kanan .tujuan{margin:4mm 0 0}
.tujuan .tempat{padding-left:10mm}
.isi{text-align:justify;text-indent:12.5mm;margin-bottom:2mm}
.butir{list-style:none;text-align:justify;margin-bottom:2mm}
.butir li{display:grid;grid-template-columns:8mm minmax(0,1fr);margin-bottom:.8mm}
.butir .dalam{margin-left:8mm}
.penutup{break-inside:avoid}
.baris-ttd{display:grid;grid-template-columns:minmax(0,1fr) 78mm;column-gap:6mm;margin-top:3.5mm}
.verifikasi{align-self:end;width:46mm;font-size:6.5pt;line-height:1.25}
.verifikasi svg{display:block;margin:0 0 .5mm -2mm}
.tembusan{margin-top:3.5mm;font-size:.84em;line-height:1.25}
.tembusan ol{list-style:none}
.tembusan li{display:grid;grid-template-columns:6mm minmax(0,1fr)}
${SIGNATURE_CSS}`

const paragraph = (text: string) => html`<p class="isi">${lines(text)}</p>`

function blockHtml(block: Block): Html {
  if (block.kind === 'paragraph') return paragraph(block.text)
  return html`<ol class="butir">
    ${block.items.map((item) => html`<li${item.level > 0 && html` class="dalam"`}><span>${item.marker}</span><span>${lines(item.text)}</span></li>`)}
  </ol>`
}

/** The link in two lines: the address, then the token, so that it can be typed off. */
const breakBeforeToken = (url: string) => {
  const at = url.lastIndexOf('/') + 1
  return html`${url.slice(0, at)}<wbr />${url.slice(at)}`
}

const textOf = (block: Block) =>
  block.kind === 'paragraph' ? block.text : block.items.map((item) => item.text).join(' ')

/** The body, and the last piece of it that must keep a signature company when the closing is too short to do so. */
function splitEnd(
  blocks: readonly Block[],
  closing: string,
): { body: readonly Block[]; end: readonly Block[] } {
  const last = blocks.at(-1)
  if (!last || closing.length >= TWO_LINES) return { body: blocks, end: [] }
  if (textOf(last).length <= KEPT_CHARS) return { body: blocks.slice(0, -1), end: [last] }
  if (last.kind === 'paragraph') return { body: blocks, end: [] }
  // Of a long list the last item stays with the closing.
  const tail = { kind: 'list' as const, items: last.items.slice(-1) }
  if (last.items.length < 2 || textOf(tail).length > KEPT_CHARS) return { body: blocks, end: [] }
  return { body: [...blocks.slice(0, -1), { kind: 'list', items: last.items.slice(0, -1) }], end: [tail] }
}

function head(input: ReplyLetterInput): Html {
  const { profile, report, state } = input
  const number =
    input.issued?.number ?? numberFor(profile, { serviceCode: report.serviceCode, n: null, date: input.date })
  const row = (label: string, value: string, style = '') =>
    html`<dt>${label}</dt><dd>:</dd><dd${style && html` class="${style}"`}>${value}</dd>`
  const meta = html`<dl>
    ${row('Nomor', number, 'nomor')}${row('Sifat', state.confidential ? 'Rahasia' : profile.natures[0]!)}${row('Lampiran', countOf(input.attachmentCount, 'berkas'))}${row('Hal', input.subject)}
  </dl>`
  const date = html`<p class="tanggal">${profile.place}, ${longDate(input.date)}</p>`
  const to = addresseeOf(report, state)
  if (profile.addresseePlace === 'right') {
    return html`<div class="kepala kanan">
      ${meta}
      <div>
        ${date}
        <div class="tujuan">
          <p>Kepada</p>
          <p>Yth. ${to}</p>
          <p>di –</p>
          <p class="tempat">Tempat</p>
        </div>
      </div>
    </div>`
  }
  return html`<div class="kepala">${meta}${date}</div>
    <div class="tujuan">
      <p>Yth. ${to}</p>
      <p>di</p>
      <p class="tempat">Tempat</p>
    </div>`
}

/** The reply letter as a complete HTML document (LETT-02). */
export function renderReply(input: ReplyLetterInput): string {
  const { profile, report, state, zone } = input
  const fields = {
    nama: printableName(report, state) ?? 'Pelapor',
    nomor: report.number,
    subjek: report.subject,
    tanggal: longDate(dateAt(report.requestedAt, zone.utcOffsetMinutes)),
    lokasi: [report.address, report.district].filter(Boolean).join(', '),
    instansi: input.agencyName,
  }
  const opening = fillFields(profile.opening, fields)
  const closing = fillFields(profile.closing, fields)
  const { body, end } = splitEnd(withoutFrame(answerBlocks(input.body)), closing)
  const verify =
    input.issued &&
    html`<div class="verifikasi">
      ${qrSvg(input.issued.verifyUrl)}
      <p>Pindai untuk memeriksa keaslian surat ini:</p>
      <p>${breakBeforeToken(input.issued.verifyUrl)}</p>
    </div>`
  const copies =
    profile.copies.length > 0 &&
    html`<div class="tembusan">
      <p>Tembusan:</p>
      <ol>
        ${profile.copies.map((copy, i) => html`<li><span>${i + 1}.</span><span>${copy}</span></li>`)}
      </ol>
    </div>`
  return letterPage(
    { ...input, title: `Surat Jawaban ${input.issued?.number ?? '(konsep)'}`, draft: input.issued === null },
    CSS,
    html`${kop(profile, input.assets)}${head(input)}
      <main>
        ${opening && paragraph(opening)}${body.map(blockHtml)}
        <section class="penutup">
          ${end.map(blockHtml)}${closing && paragraph(closing)}
          <div class="baris-ttd">
            <div>${verify}</div>
            ${signatureBlock(profile.signerTitle, input.signer)}
          </div>
          ${copies}
        </section>
      </main>`,
  )
}
