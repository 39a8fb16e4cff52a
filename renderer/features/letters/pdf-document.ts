import type { PDFDocumentProxy, PDFWorker } from 'pdfjs-dist/legacy/build/pdf.mjs'
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'

/** A page of an open PDF, size in PDF points. */
export interface PdfPage {
  width: number
  height: number
  /** Draws the page; `scale` is device pixels per point. Resolves when drawn; `cancel` stops it and resolves too. */
  draw: (canvas: HTMLCanvasElement, scale: number) => { done: Promise<void>; cancel: () => void }
  text: () => Promise<string>
}

/** An open PDF; `close` frees its worker side. */
export interface OpenPdf {
  pages: PdfPage[]
  close: () => void
}

// A warning about one glyph helps nobody here.
const ERRORS_ONLY = 0

let worker: PDFWorker | null = null

/** Name of the only Trusted Types policy of the renderer; it lets nothing through but our own worker's address. */
export const WORKER_POLICY = 'pdfjs'

/** Minimal shape of `window.trustedTypes`, which TypeScript's DOM library lacks. */
interface TrustedTypePolicies {
  createPolicy: (
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ) => { createScriptURL: (url: string) => string }
}

/** One worker for the whole session: starting it costs more than any letter, and closing a letter must not end it. */
function pdfWorker(pdfjs: { PDFWorker: typeof PDFWorker }): PDFWorker {
  if (worker) return worker
  const policies = (globalThis as { trustedTypes?: TrustedTypePolicies }).trustedTypes
  const policy = policies?.createPolicy(WORKER_POLICY, {
    createScriptURL: (url) => {
      if (url !== workerUrl) throw new TypeError('not our worker')
      return url
    },
  })
  const port = new Worker(policy ? policy.createScriptURL(workerUrl) : workerUrl, {
    type: 'module',
    name: 'pdf',
  })
  worker = pdfjs.PDFWorker.create({ port, verbosity: ERRORS_ONLY })
  return worker
}

/** Opens a PDF from bytes that the core delivered. Copies them: the worker takes its copy away. Rejects when it is not a PDF. */
export async function openPdf(bytes: Uint8Array): Promise<OpenPdf> {
  // Loaded with the first letter, so that opening the app never waits for it. The legacy build is the one that runs
  // on every Chromium from 118 on.
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const task = pdfjs.getDocument({
    data: bytes.slice(),
    worker: pdfWorker(pdfjs),
    enableXfa: false,
    useWasm: false,
    useSystemFonts: false,
    useWorkerFetch: false,
    stopAtErrors: false,
    verbosity: ERRORS_ONLY,
  })
  const document: PDFDocumentProxy = await task.promise
  const pages = await Promise.all(
    Array.from({ length: document.numPages }, (_, index) => pageOf(document, index + 1)),
  )
  return { pages, close: () => void task.destroy() }
}

async function pageOf(document: PDFDocumentProxy, number: number): Promise<PdfPage> {
  const page = await document.getPage(number)
  const { width, height } = page.getViewport({ scale: 1 })
  return {
    width,
    height,
    draw(canvas, scale) {
      const viewport = page.getViewport({ scale })
      canvas.width = Math.round(viewport.width)
      canvas.height = Math.round(viewport.height)
      const task = page.render({ canvas, viewport })
      const done = task.promise.catch((error: unknown) => {
        if (!(error instanceof Error) || error.name !== 'RenderingCancelledException') throw error
      })
      return { done, cancel: () => task.cancel() }
    },
    async text() {
      const content = await page.getTextContent()
      return content.items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')
    },
  }
}
