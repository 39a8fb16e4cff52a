import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BrowserWindow, session, type Session } from 'electron'
import type { PdfRequest } from '../core/index.ts'
import { guardSession } from './guards.ts'
import { fileBelow } from './protocol.ts'

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src cetak: data:; img-src cetak: data:"
/** A document that has not been laid out by then is given up, so that a broken one cannot block the queue. */
const TIMEOUT_MS = 30_000

/** Prints documents to PDF with the app's own Chromium, one hidden and powerless window at a time. */
export interface LetterPrinter {
  printPdf(request: PdfRequest): Promise<Uint8Array>
}

/** `resourcesDir` holds the fonts and emblems that documents may name as `cetak://aset/<path>`. */
export function createLetterPrinter(resourcesDir: string): LetterPrinter {
  const documents = new Map<string, string>()
  let partition: Session | null = null
  let queue: Promise<unknown> = Promise.resolve()

  const ready = (): Session => {
    if (partition) return partition
    partition = session.fromPartition('cetak', { cache: false })
    guardSession(partition, ['cetak:', 'data:'])
    partition.protocol.handle('cetak', async (request) => {
      const url = new URL(request.url)
      if (url.host === 'dokumen') {
        const html = documents.get(url.pathname.slice(1))
        if (html === undefined) return new Response(null, { status: 404 })
        return new Response(html, {
          headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': POLICY },
        })
      }
      const file = url.host === 'aset' ? fileBelow(resourcesDir, url.pathname) : null
      const bytes = file && /\.(woff2|svg|png)$/.test(file) ? await readFile(file).catch(() => null) : null
      if (!file || !bytes) return new Response(null, { status: 404 })
      const type = file.endsWith('.svg')
        ? 'image/svg+xml'
        : file.endsWith('.png')
          ? 'image/png'
          : 'font/woff2'
      return new Response(new Uint8Array(bytes), { headers: { 'Content-Type': type } })
    })
    return partition
  }

  const print = async (request: PdfRequest): Promise<Uint8Array> => {
    const id = randomUUID()
    const window = new BrowserWindow({
      show: false,
      webPreferences: {
        session: ready(),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        javascript: false,
        images: true,
        spellcheck: false,
      },
    })
    documents.set(id, request.html)
    let timer: NodeJS.Timeout | undefined
    try {
      const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(new Error('print timed out')), TIMEOUT_MS)
      })
      // `loadURL` resolves after the load event, which waits for the style's fonts and pictures.
      const printed = window.loadURL(`cetak://dokumen/${id}`).then(() =>
        window.webContents.printToPDF({
          preferCSSPageSize: true,
          printBackground: true,
          generateTaggedPDF: true,
          generateDocumentOutline: true,
        }),
      )
      return new Uint8Array(await Promise.race([printed, late]))
    } finally {
      clearTimeout(timer)
      documents.delete(id)
      if (!window.isDestroyed()) window.destroy()
    }
  }

  return {
    printPdf: (request) => {
      const job = queue.then(() => print(request))
      queue = job.catch(() => undefined)
      return job
    },
  }
}

/** Folder of the app's resources: beside the sources in development, beside app.asar when packaged. */
export const resourcesDirOf = (appPath: string, packaged: boolean): string =>
  packaged ? join(process.resourcesPath, 'resources') : join(appPath, 'resources')
