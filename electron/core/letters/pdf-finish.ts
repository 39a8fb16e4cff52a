import {
  PDFDocument,
  PDFName,
  PDFOperator,
  PDFOperatorNames,
  PDFString,
  rgb,
  StandardFonts,
  type PDFFont,
  type PDFPage,
} from '@cantoo/pdf-lib'

/** What is written into a document besides its pages. `at`: ms UTC, so that the same letter gives the same bytes. */
export interface PdfFacts {
  title: string
  /** The agency. */
  author: string
  subject: string
  /** Program and version. */
  creator: string
  at: number
}

const MM = 72 / 25.4
/** Baseline of the page number, from the top edge. */
const NUMBER_FROM_TOP_MM = 13
const NUMBER_PT = 11
const COPY_PT = 7
const COPY_FROM_BOTTOM_MM = 8

/** Draws text that is not part of the reading order (a page number, a copy mark): tagged PDF calls it an artifact. */
function drawArtifact(page: PDFPage, text: string, font: PDFFont, size: number, y: number, grey = 0): void {
  page.pushOperators(PDFOperator.of(PDFOperatorNames.BeginMarkedContent, [PDFName.of('Artifact')]))
  page.drawText(text, {
    x: (page.getWidth() - font.widthOfTextAtSize(text, size)) / 2,
    y,
    size,
    font,
    color: rgb(grey, grey, grey),
  })
  page.pushOperators(PDFOperator.of(PDFOperatorNames.EndMarkedContent))
}

/**
 * Page numbers centred at the top from page 2, metadata and language. The printer's own Creator (a whole browser
 * identification) goes. Store the result and change it no more: a later save would break its hash (LETT-03).
 */
export async function finishPdf(
  printed: Uint8Array,
  facts: PdfFacts,
): Promise<{ bytes: Uint8Array; pages: number }> {
  const pdf = await PDFDocument.load(printed, { updateMetadata: false })
  const pages = pdf.getPages()
  if (pages.length > 1) {
    const font = await pdf.embedFont(StandardFonts.Helvetica)
    for (const [i, page] of pages.entries())
      if (i > 0)
        drawArtifact(page, String(i + 1), font, NUMBER_PT, page.getHeight() - NUMBER_FROM_TOP_MM * MM)
  }
  const at = new Date(facts.at)
  pdf.setTitle(facts.title, { showInWindowTitleBar: true })
  pdf.setAuthor(facts.author)
  pdf.setSubject(facts.subject)
  pdf.setCreator(facts.creator)
  pdf.setProducer(facts.creator)
  pdf.setCreationDate(at)
  pdf.setModificationDate(at)
  pdf.catalog.set(PDFName.of('Lang'), PDFString.of('id-ID'))
  return { bytes: await pdf.save({ addDefaultPage: false }), pages: pages.length }
}

/** A copy for reprinting, with a small line at the foot of every page; the stored document stays as it is (LETT-03). */
export async function markCopy(stored: Uint8Array, line: string): Promise<Uint8Array> {
  const pdf = await PDFDocument.load(stored, { updateMetadata: false })
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  // The standard font knows Western letters only; anything else would throw.
  const text = Array.from(line, (sign) =>
    font.getCharacterSet().includes(sign.codePointAt(0)!) ? sign : '?',
  ).join('')
  for (const page of pdf.getPages()) drawArtifact(page, text, font, COPY_PT, COPY_FROM_BOTTOM_MM * MM, 0.25)
  return pdf.save({ addDefaultPage: false })
}
