import { execFile } from 'node:child_process'
import { mkdtemp, readFile, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

const run = promisify(execFile)

/** A PDF as a reader other than the one that made it sees it. */
export interface ReadPdf {
  /** Text of each page, items joined by spaces. */
  pages: string[]
  text: string
  /** Size of each page in millimetres. */
  sizes: { width: number; height: number }[]
}

const MM_PER_POINT = 25.4 / 72

/** Reads text and page boxes. */
export async function readPdf(file: string): Promise<ReadPdf> {
  const loading = getDocument({ data: new Uint8Array(await readFile(file)), verbosity: 0 })
  const document = await loading.promise
  const pages: string[] = []
  const sizes: ReadPdf['sizes'] = []
  for (let n = 1; n <= document.numPages; n++) {
    const page = await document.getPage(n)
    const content = await page.getTextContent()
    const words = content.items.flatMap((item) => ('str' in item ? [item.str] : []))
    pages.push(words.join(' ').replaceAll(/\s+/g, ' '))
    const { width, height } = page.getViewport({ scale: 1 })
    sizes.push({ width: width * MM_PER_POINT, height: height * MM_PER_POINT })
  }
  await loading.destroy()
  return { pages, text: pages.join(' '), sizes }
}

/**
 * How much ink each page carries: the share of its pixels that are not white, from a picture made by Poppler. A page
 * that printed nothing gives 0, one that printed a black box gives much.
 */
export async function inkOf(file: string): Promise<number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'meja-ink-'))
  await run('pdftoppm', ['-r', '50', '-gray', file, join(folder, 'page')])
  const pictures = (await readdir(folder)).toSorted()
  return Promise.all(
    pictures.map(async (name) => {
      const bytes = await readFile(join(folder, name))
      // PGM: "P5\n<width> <height>\n255\n" and then one byte per pixel.
      const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1'))
      if (!head) throw new Error(`not a PGM picture: ${name}`)
      const pixels = bytes.subarray(head[0].length)
      let dark = 0
      for (const pixel of pixels) if (pixel < 200) dark++
      return dark / pixels.length
    }),
  )
}
