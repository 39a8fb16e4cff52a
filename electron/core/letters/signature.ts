import { fullName, type Person } from '@shared/domain/person.ts'
import { html, type Html } from './html.ts'

/** What a signature block needs of its officer. */
export type Signer = Pick<
  Person,
  'name' | 'titleBefore' | 'titleAfter' | 'position' | 'rank' | 'grade' | 'nip'
>

/** Heads of the region, their deputies and whoever acts for them sign with the bare name; so does an acting Sekda. */
const BARE =
  /^((pj|pjs|plt|plh)\.\s*)?(wakil\s+)?(bupati|gubernur|wali\s?kota)\b|^(pj|plh)\.\s*sekretaris daerah\b/i

/** `197608122002121003` → `19760812 200212 1 003`. */
export const spacedNip = (nip: string): string => nip.replace(/^(\d{8})(\d{6})(\d)(\d{3})$/, '$1 $2 $3 $4')

/** The lines under the signature: name by rule, rank and grade, NIP where there is one. */
export function signerLines(signer: Signer): string[] {
  if (BARE.test(signer.position)) return [signer.name]
  const rank = [signer.rank, signer.grade].filter(Boolean).join(', ')
  return [fullName(signer), ...(rank ? [rank] : []), ...(signer.nip ? [`NIP ${spacedNip(signer.nip)}`] : [])]
}

/** Style of `signatureBlock`. `.ruang` is the room for ink and stamp. */
export const SIGNATURE_CSS = `
.ttd{break-inside:avoid;line-height:1.25}
.ttd .jabatan{white-space:pre-wrap}
.ttd .ruang{height:20mm}
.ttd .nama{font-weight:700;white-space:normal}
`

/** Title lines, room to sign, name block. */
export function signatureBlock(title: readonly string[], signer: Signer): Html {
  const [name = '', ...rest] = signerLines(signer)
  return html`<div class="ttd">
    ${title.map((line) => html`<p class="jabatan">${line}</p>`)}
    <div class="ruang"></div>
    <p class="nama">${name}</p>
    ${rest.map((line) => html`<p>${line}</p>`)}
  </div>`
}
