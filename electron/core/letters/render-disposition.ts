/**
 * Lembar disposisi, blank (the leader writes by hand) or filled from a `disposition` record.
 *   renderDisposition({ …, disposition: null | { … } }) → HTML → host.printPdf → finishPdf (pdf-finish.ts)
 * A confidential report prints RAHASIA instead of Hal, place and text; an anonymous one no name (PRIV-01).
 */
import { dateAt } from '@shared/domain/days.ts'
import type { LetterProfile, Paper } from '@shared/domain/letter.ts'
import { longDate, officialDateTime, type Zone } from '@shared/domain/locale.ts'
import { maskPrivate } from '@shared/domain/privacy.ts'
import type { Disposition, Report, ReportState } from '@shared/domain/report.ts'
import { senderOf } from './addressee.ts'
import { Html, html, lines } from './html.ts'
import type { LetterAssets } from './letter-assets.ts'
import { firstPageHeight, kop, letterPage } from './letter-page.ts'
import { SIGNATURE_CSS, signatureBlock, type Signer } from './signature.ts'

/** Everything a disposition sheet prints. */
export interface DispositionInput {
  profile: LetterProfile
  assets: LetterAssets
  paper: Paper
  zone: Zone
  report: Pick<Report, 'number' | 'subject' | 'body' | 'address' | 'district' | 'requestedAt' | 'reporter'>
  state: Pick<ReportState, 'anonymous' | 'confidential'>
  /** Print the citizen's own words too: there is no paper letter to staple the sheet to. */
  withText: boolean
  /** Number in the agenda, or null: left blank for the agenda clerk. */
  agendaNumber: string | null
  /** When the office received the report, ms UTC. */
  receivedAt: number
  /** Null prints the blank sheet. `recipients` are positions, units and names as they shall be read. */
  disposition:
    | (Pick<Disposition, 'instructions' | 'note' | 'dueOn' | 'urgency' | 'createdAt'> & {
        recipients: readonly string[]
      })
    | null
  /** Who disposes (of a blank sheet: who will), and the lines above the signature. */
  signer: Signer
  signerTitle: readonly string[]
}

const CSS = `
body{display:flex;flex-direction:column}
.garis,.lembar{margin-right:.3mm}
.lembar{flex:1 0 auto;display:flex;flex-direction:column;border:.35mm solid #000;font-size:.88em;-webkit-box-decoration-break:clone;box-decoration-break:clone}
.lembar>div{border-top:.35mm solid #000}
.lembar>div:first-child{border-top:0}
.judul{text-align:center;font-weight:700;font-size:1.18em;letter-spacing:.04em;padding:1.8mm;break-after:avoid}
.dua{display:grid;grid-template-columns:1fr 1fr}
.dua>*+*{border-left:.35mm solid #000}
.isian{padding:1.2mm 2.5mm;display:grid;grid-template-columns:24mm 3mm minmax(0,1fr);row-gap:1mm;align-content:start}
.dua .isian{break-inside:avoid}
.kotak{display:inline-flex;align-items:baseline;margin-right:3.5mm;white-space:nowrap}
.kotak svg,.pilih svg{flex:none;position:relative;top:.45mm;width:3.5mm;height:3.5mm;margin-right:1.6mm}
.daftar{padding:1.6mm 2.5mm}
.daftar h2{font-size:1em;font-weight:400;margin-bottom:1mm;break-after:avoid}
.pilih{display:grid;grid-template-columns:auto minmax(0,1fr);padding:.55mm 0;break-inside:avoid;line-height:1.2}
.titik{border-bottom:.25mm dotted #000;min-height:1.2em}
.rahasia{font-weight:700;letter-spacing:.06em}
.catatan{flex:1 0 auto;display:flex;flex-direction:column;padding:1.6mm 2.5mm 2.5mm}
.catatan .teks{white-space:pre-wrap;flex:1 0 auto;min-height:16mm}
.catatan .baris{flex:1 0 auto;display:flex;flex-direction:column}
.catatan .baris i{flex:1 0 7mm;border-bottom:.2mm solid #888}
.paraf{margin:2mm 0 0 auto;width:78mm}
.paraf .ruang{height:17mm}
.paraf .tgl{margin-bottom:.5mm}
${SIGNATURE_CSS}`

const BOTTOM_MM = 12
/** Lines to write on; they share the room that the texts above leave. */
const RULES: Readonly<Record<Paper, number>> = { A4: 4, F4: 8, F4_210: 8 }

/** A printed box, ticked or not; drawn, because fonts differ in their ballot boxes. */
const box = (ticked: boolean): Html =>
  new Html(
    `<svg viewBox="0 0 14 14" role="img" aria-label="${ticked ? 'dipilih' : 'kosong'}"><rect x=".6" y=".6" width="12.800" height="12.800" fill="none" stroke="#000" stroke-width="1.2"/>${ticked ? '<path d="M3 7.200 6 10.500 11.500 3" fill="none" stroke="#000" stroke-width="2"/>' : ''}</svg>`,
  )

const option = (text: string, ticked: boolean) => html`<span class="kotak">${box(ticked)}${text}</span>`
const row = (label: string, value: Html | string | null) =>
  html`<span>${label}</span><span>:</span><span>${value}</span>`

const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase()

/** The office's list with the chosen ones ticked, chosen ones it does not know after it, and a line to write on. */
function choices(known: readonly string[], chosen: readonly string[], open: string): Html[] {
  const extra = chosen.filter((item) => !known.some((one) => same(one, item)))
  const item = (text: string, ticked: boolean) =>
    html`<div class="pilih">${box(ticked)}<span>${text}</span></div>`
  return [
    ...known.map((one) =>
      item(
        one,
        chosen.some((wanted) => same(one, wanted)),
      ),
    ),
    ...extra.map((one) => item(one, true)),
    html`<div class="pilih">${box(false)}<span class="titik">${open}</span></div>`,
  ]
}

function note(input: DispositionInput): Html {
  const { disposition, signer, signerTitle, zone } = input
  const text = disposition
    ? html`<p class="teks">${disposition.note.trim() || '–'}</p>`
    : html`<div class="baris">${Array.from({ length: RULES[input.paper] }, () => html`<i></i>`)}</div>`
  const date = disposition ? officialDateTime(disposition.createdAt, zone) : null
  return html`<div class="catatan">
    <p>Catatan :</p>
    ${text}
    <div class="paraf">
      ${date ? html`<p class="tgl">${date}</p>` : html`<p class="tgl">Tanggal : ……………………………</p>`}${signatureBlock(signerTitle, signer)}
    </div>
  </div>`
}

function subjectRows(input: DispositionInput): Html {
  const { report, state } = input
  if (state.confidential)
    return html`<div class="isian">${row('Hal', html`<span class="rahasia">RAHASIA</span>`)}</div>`
  // The office reads the words on screen; paper travels further, so contacts an anonymous reporter wrote into them go.
  const shown = (text: string) => (state.anonymous ? maskPrivate(text, null) : text)
  const place = [report.address, report.district].filter(Boolean).join(', ')
  return html`<div class="isian">
    ${row('Hal', shown(report.subject))}${place && row('Lokasi', place)}${input.withText && row('Isi laporan', lines(shown(report.body)))}
  </div>`
}

/** The disposition sheet as a complete HTML document; it fills page 1 and grows as far as its texts need. */
export function renderDisposition(input: DispositionInput): string {
  const { report, state, disposition, zone } = input
  // A form is not a letter: it takes the foot of the page too, so that an ordinary one stays on one sheet of A4.
  const margins = { ...input.profile.margins, bottom: Math.min(input.profile.margins.bottom, BOTTOM_MM) }
  const profile = { ...input.profile, margins }
  const urgency = disposition?.urgency
  // A millimetre less than the page: a sheet of exactly one page could spill an empty second one.
  const css = `${CSS}body{min-height:${firstPageHeight(margins, input.paper) - 1}mm}`
  const sheet = html`<main class="lembar">
    <div><h1 class="judul">LEMBAR DISPOSISI</h1></div>
    <div class="dua">
      <div class="isian">
        ${row('Surat dari', senderOf(report, state))}${row('No. Surat', report.number)}${row('Tgl. Surat', longDate(dateAt(report.requestedAt, zone.utcOffsetMinutes)))}
      </div>
      <div class="isian">
        ${row('Diterima Tgl', longDate(dateAt(input.receivedAt, zone.utcOffsetMinutes)))}${row('No. Agenda', input.agendaNumber)}${row('Sifat', html`${option('Sangat segera', urgency === 'sangat_segera')}${option('Segera', urgency === 'segera')}${option('Rahasia', state.confidential)}`)}${disposition?.dueOn && row('Batas waktu', longDate(disposition.dueOn))}
      </div>
    </div>
    ${subjectRows(input)}
    <div class="dua">
      <div class="daftar">
        <h2>Diteruskan kepada Sdr. :</h2>
        ${choices(profile.recipients, disposition?.recipients ?? [], 'Dan seterusnya')}
      </div>
      <div class="daftar">
        <h2>Dengan hormat harap :</h2>
        ${choices(profile.instructions, disposition?.instructions ?? [], '')}
      </div>
    </div>
    ${note(input)}
  </main>`
  const title = `Lembar Disposisi ${report.number}`
  return letterPage(
    { ...input, profile, title, draft: false },
    css,
    html`${kop(profile, input.assets)}${sheet}`,
  )
}
