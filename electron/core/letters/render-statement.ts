/**
 * Keterangan gangguan sambungan: what this PC's link log says of a period, on one page of A4. Evidence for late answers,
 * so it states how it was counted and holds no person's data (PRIV-01): the office, the PC's code, times, causes.
 */
import { dateAt } from '@shared/domain/days.ts'
import type { LetterProfile } from '@shared/domain/letter.ts'
import { clockTime, longDate, officialDateTime, shortDate, type Zone } from '@shared/domain/locale.ts'
import type { OutageReport } from '@shared/ipc/link-views.ts'
import { html, type Child } from './html.ts'
import type { LetterAssets } from './letter-assets.ts'
import { kop, letterPage } from './letter-page.ts'

/** Everything a statement prints. */
export interface StatementInput {
  profile: LetterProfile
  assets: LetterAssets
  zone: Zone
  agencyName: string
  /** Of the PC; its name may hold a person's. */
  deviceCode: string
  version: string
  report: OutageReport
  /** The PC's clock minus the hub's, ms; null: not compared yet. */
  clockSkewMs: number | null
}

/** Rows that fit on the page with everything around them; shorter outages are summed up in one more row. */
const MOST_ROWS = 14
/** Causes named per row; more would grow the row past its two lines. */
const MOST_CAUSES = 2

const CAUSE: Readonly<Record<string, string>> = {
  hub_unreachable: 'Hub tidak terjangkau',
  login_page: 'Halaman masuk Wi-Fi',
  network_login: 'Jaringan meminta masuk (511)',
  redirected: 'Dibelokkan ke alamat lain',
  gate_login: 'Gerbang meminta kata sandi (401)',
  proxy_login: 'Proksi meminta kata sandi (407)',
  tls_untrusted: 'Sertifikat tidak dikenal',
  not_a_hub: 'Yang menjawab bukan hub',
  hub_error: 'Gangguan di hub',
}

const CSS = `
h1{text-align:center;font-size:1.1em;text-transform:uppercase;margin-bottom:3mm}
.fakta{display:grid;grid-template-columns:38mm 4mm 1fr;row-gap:.6mm;margin-bottom:3mm;font-size:.9em}
table{width:100%;border-collapse:collapse;font-size:.74em;margin-bottom:3mm}
th,td{border:.2mm solid #000;padding:.8mm 1.6mm;text-align:left;vertical-align:top}
th{font-weight:700}
.angka{text-align:right;white-space:nowrap}
th,.saat{white-space:nowrap}
tfoot td{font-weight:700}
.cara{font-size:.78em;text-align:justify;margin-bottom:2mm}
.kaki{font-size:.78em}`

/** `3 jam 5 menit`, `12 menit` */
export function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  const hours = Math.floor(minutes / 60)
  return [hours ? `${hours} jam` : '', minutes % 60 || !hours ? `${minutes % 60} menit` : '']
    .filter(Boolean)
    .join(' ')
}

/** Smaller differences change no minute of the table that matters. */
const SKEW_MS = 120_000

/** Whose clock the times are, and how far it was off when last compared. */
function clockWords(skewMs: number | null): string {
  const own = 'Waktu menurut jam komputer ini'
  if (skewMs === null || Math.abs(skewMs) < SKEW_MS) return `${own}.`
  return `${own}, yang terakhir ${duration(Math.abs(skewMs))} lebih ${skewMs > 0 ? 'cepat' : 'lambat'} daripada jam hub.`
}

const causes = (codes: readonly string[]): string =>
  [
    ...codes.slice(0, MOST_CAUSES).map((code) => CAUSE[code] ?? code),
    ...(codes.length > MOST_CAUSES ? ['lain-lain'] : []),
  ].join('; ')

/** The statement as a complete HTML document. */
export function renderStatement(input: StatementInput): string {
  const { profile, assets, zone, report } = input
  const moment = (ms: number) => `${shortDate(dateAt(ms, zone.utcOffsetMinutes))} ${clockTime(ms, zone)}`
  const day = (ms: number) => longDate(dateAt(ms, zone.utcOffsetMinutes))
  const longest = new Set(report.outages.toSorted((a, b) => b.watchedMs - a.watchedMs).slice(0, MOST_ROWS))
  const shown = report.outages.filter((outage) => longest.has(outage)).toReversed()
  const rest = report.outages.filter((outage) => !longest.has(outage))
  const restMs = rest.reduce((sum, outage) => sum + outage.watchedMs, 0)
  const fact = (name: string, value: Child) => html`<span>${name}</span><span>:</span><span>${value}</span>`
  const row = (outage: OutageReport['outages'][number], i: number) =>
    html`<tr>
      <td class="angka">${i + 1}</td>
      <td class="saat">${moment(outage.from)}</td>
      <td class="saat">${outage.to === null ? 'belum pulih' : moment(outage.to)}</td>
      <td class="angka">${duration(outage.watchedMs)}</td>
      <td class="angka">${outage.tries}</td>
      <td>${causes(outage.reasons)}</td>
    </tr>`
  const body = html`${kop(profile, assets)}
    <h1>Keterangan gangguan sambungan</h1>
    <div class="fakta">
      ${fact('Kantor', input.agencyName)} ${fact('Komputer', `kode ${input.deviceCode}`)}
      ${fact('Masa', `${day(report.since)} sampai ${officialDateTime(report.until, zone)}`)}
      ${fact('Jumlah gangguan', `${report.outages.length} kali, seluruhnya ${duration(report.totalMs)}`)}
    </div>
    ${
      report.outages.length === 0
        ? html`<p class="cara">
            Tidak ada gangguan sambungan selama sepuluh menit atau lebih pada masa ini.
          </p>`
        : html`<table>
            <thead>
              <tr>
                <th>No.</th>
                <th>Mulai (${zone.zoneLabel})</th>
                <th>Pulih (${zone.zoneLabel})</th>
                <th>Lama</th>
                <th>Coba</th>
                <th>Sebab</th>
              </tr>
            </thead>
            <tbody>
              ${shown.map((outage, i) => row(outage, i))}
              ${
                rest.length > 0 &&
                html`<tr>
                  <td></td>
                  <td colspan="2">${rest.length} gangguan lain yang lebih singkat</td>
                  <td class="angka">${duration(restMs)}</td>
                  <td colspan="2"></td>
                </tr>`
              }
            </tbody>
            <tfoot>
              <tr>
                <td colspan="3">Jumlah</td>
                <td class="angka">${duration(report.totalMs)}</td>
                <td colspan="2"></td>
              </tr>
            </tfoot>
          </table>`
    }
    <p class="cara">
      Cara menghitung: aplikasi Meja Lapor mencatat setiap percobaan menghubungi hub dengan waktu dan
      hasilnya. Gangguan dihitung dari pertukaran terakhir yang berhasil sampai pertukaran berhasil
      berikutnya, bila sepuluh menit atau lebih. Lama hanya menghitung waktu ketika aplikasi terbuka dan
      mencoba; waktu ketika komputer mati tidak dihitung. ${clockWords(input.clockSkewMs)}
    </p>
    <p class="kaki">
      Dibuat ${officialDateTime(report.until, zone)} oleh Meja Lapor ${input.version} dari catatan komputer
      ini.
    </p>`
  return letterPage(
    { profile, assets, paper: 'A4', title: 'Keterangan gangguan sambungan', draft: false },
    CSS,
    body,
  )
}
