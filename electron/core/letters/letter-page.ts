import { PAPER_MM, type LetterProfile, type Paper } from '@shared/domain/letter.ts'
import { Html, html, type Child } from './html.ts'
import { emblemUrl, FONT_RANGES, fontFile, LETTER_FONTS, type LetterAssets } from './letter-assets.ts'

/** Space above the letterhead on page 1; the other pages keep the profile's margin, where their number stands. */
const FIRST_PAGE_TOP_MM = 10
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src cetak: data:; img-src cetak: data:"

function fontFaces(assets: LetterAssets): string {
  return LETTER_FONTS.map((font) => {
    const url = assets.font(fontFile(font))
    // The one value that goes into a style sheet unescaped.
    if (/["\\<\n]/.test(url)) throw new RangeError('font address with a quote')
    return `@font-face{font-family:Arimo;font-weight:${font.weight};font-style:${font.style};src:url("${url}") format("woff2");unicode-range:${FONT_RANGES[font.subset]}}`
  }).join('')
}

function baseCss(profile: LetterProfile, paper: Paper): string {
  const { width, height } = PAPER_MM[paper]
  const { top, right, bottom, left } = profile.margins
  return `
@page{size:${width}mm ${height}mm;margin:${top}mm ${right}mm ${bottom}mm ${left}mm}
@page:first{margin-top:${FIRST_PAGE_TOP_MM}mm}
*{box-sizing:border-box;margin:0;padding:0}
html{font:${profile.fontSizePt}pt/1.3 Arimo,Arial,sans-serif;color:#000;-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{overflow-wrap:anywhere;orphans:2;widows:2}
.kop{display:flex;align-items:center;gap:4mm;padding-bottom:2.2mm}
.kop img{flex:none;width:20mm;height:24mm;object-fit:contain}
.kop div{flex:1;text-align:center;line-height:1.16;text-wrap:balance}
.kop .ganjal{flex:none;width:8mm}
.garis{height:1.7mm;border-top:.6mm solid #000;border-bottom:.2mm solid #000;margin-bottom:4.5mm}
.konsep{position:fixed;z-index:-1;left:50%;top:46%;transform:translate(-50%,-50%) rotate(-52deg);font-size:104pt;font-weight:700;letter-spacing:.08em;color:#e6e6e6;white-space:nowrap}
`
}

/** Height left for content on page 1, millimetres. */
export const firstPageHeight = (margins: LetterProfile['margins'], paper: Paper): number =>
  PAPER_MM[paper].height - FIRST_PAGE_TOP_MM - margins.bottom

/** The letterhead: emblem, centred lines, double rule. */
export function kop(profile: LetterProfile, assets: LetterAssets): Html {
  const emblem = emblemUrl(assets, profile)
  const text = profile.kop.map(
    (line) => html`<p style="font-size:${line.size}pt;font-weight:${line.bold ? 700 : 400}">${line.text}</p>`,
  )
  return html`<header class="kop">
      ${emblem && html`<img src="${emblem}" alt="Lambang daerah" />`}
      <div>${text}</div>
      ${emblem && html`<span class="ganjal"></span>`}
    </header>
    <div class="garis"></div>`
}

/** What every document needs. */
export interface PageInput {
  profile: LetterProfile
  assets: LetterAssets
  paper: Paper
  title: string
  /** Adds the KONSEP mark to every page (LETT-02). */
  draft: boolean
}

/** A complete HTML document without scripts; the style sheet is the only unescaped part and holds no person's text. */
export function letterPage(page: PageInput, css: string, body: Child): string {
  const style = new Html(fontFaces(page.assets) + baseCss(page.profile, page.paper) + css)
  const { text } = html`<!doctype html>
    <html lang="id">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <title>${page.title}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        ${page.draft && html`<div class="konsep" aria-hidden="true">KONSEP</div>`}${body}
      </body>
    </html>`
  return text
}
