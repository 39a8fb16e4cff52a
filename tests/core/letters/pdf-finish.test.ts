import { createHash } from 'node:crypto'
import { PDFDocument } from '@cantoo/pdf-lib'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { describe, expect, test } from 'vitest'
import { finishPdf, markCopy, type PdfFacts } from '../../../electron/core/letters/pdf-finish.ts'

const facts: PdfFacts = {
  title: 'Surat Jawaban 600.1.9/128/PUPR/2026',
  author: 'Dinas PUPR',
  subject: 'Jawaban atas Laporan: Jalan – berlubang',
  creator: 'Meja Lapor 0.1.0',
  at: Date.parse('2026-11-24T01:00:00Z'),
}

async function printed(pages: number): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  for (let i = 0; i < pages; i++) pdf.addPage([595, 842]).drawText(`Isi ${i + 1}`, { x: 100, y: 400 })
  pdf.setCreator('Mozilla/5.0 (X11; Linux) Electron')
  return pdf.save()
}

/** The texts of each page with their height from the top, in points. */
async function textsOf(bytes: Uint8Array): Promise<{ text: string; top: number; middle: number }[][]> {
  const pdf = await getDocument({ data: bytes.slice(), useSystemFonts: false, verbosity: 0 }).promise
  const pages = []
  for (let n = 1; n <= pdf.numPages; n++) {
    const { items } = await (await pdf.getPage(n)).getTextContent()
    pages.push(
      items.flatMap((item) =>
        'str' in item && item.str.trim()
          ? [
              {
                text: item.str,
                top: 842 - Number(item.transform[5]),
                middle: Number(item.transform[4]) + item.width / 2,
              },
            ]
          : [],
      ),
    )
  }
  return pages
}

describe('finishing', () => {
  test('numbers stand centred at the top from page 2 on', async () => {
    const { bytes, pages } = await finishPdf(await printed(3), facts)
    expect(pages).toBe(3)
    const texts = await textsOf(bytes)
    expect(texts.map((page) => page.map((item) => item.text))).toEqual([
      ['Isi 1'],
      ['Isi 2', '2'],
      ['Isi 3', '3'],
    ])
    const number = texts[1]![1]!
    expect(number.middle).toBeCloseTo(595 / 2, 0)
    expect(number.top).toBeLessThan(20 * (72 / 25.4))
  })

  test('a single page stays unnumbered', async () => {
    const { bytes } = await finishPdf(await printed(1), facts)
    expect((await textsOf(bytes))[0]).toHaveLength(1)
  })

  test('says what it is and not which browser printed it', async () => {
    const { bytes } = await finishPdf(await printed(1), facts)
    const pdf = await PDFDocument.load(bytes, { updateMetadata: false })
    expect([pdf.getTitle(), pdf.getAuthor(), pdf.getSubject(), pdf.getCreator()]).toEqual([
      facts.title,
      facts.author,
      facts.subject,
      facts.creator,
    ])
    expect(pdf.getCreationDate()?.getTime()).toBe(facts.at)
    expect(pdf.catalog.toString()).toContain('id-ID')
    expect(Buffer.from(bytes).toString('latin1')).not.toContain('Mozilla')
  })

  test('the same letter gives the same bytes', async () => {
    const source = await printed(2)
    const hash = async () =>
      createHash('sha256')
        .update((await finishPdf(source, facts)).bytes)
        .digest('hex')
    expect(await hash()).toBe(await hash())
  })
})

// Verifies LETT-03
test('a copy is marked on every page and leaves the stored document alone', async () => {
  const { bytes } = await finishPdf(await printed(2), facts)
  const before = createHash('sha256').update(bytes).digest('hex')
  const copy = await markCopy(bytes, 'SALINAN – cetakan ke-2, 24-11-2026 09.30 WIT 🙂')
  for (const page of await textsOf(copy))
    expect(page.at(-1)!.text).toBe('SALINAN – cetakan ke-2, 24-11-2026 09.30 WIT ?')
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(before)
})
