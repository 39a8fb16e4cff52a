import type { Topic } from '@shared/ipc/topics.ts'
import type { Storage } from './db/ballast.ts'
import type { CheckFile } from './db/check-thread.ts'

/** An HTTP answer whose body is fully read; `url` is where it finally came from, so a login redirect shows. */
export interface FetchAnswer {
  status: number
  url: string
  headers: Record<string, string>
  body: Uint8Array
  /** Bytes on the wire when known (compressed), else the body's length. */
  wireBytes: number
  /** From the start of the request to the first byte of the answer, ms; absent when the host cannot tell. */
  answerMs?: number
}

/**
 * Request as lent by the host. `timeoutMs` is silence without a byte, not total time; `connectMs` and `answerMs` bound
 * the phases before the first byte and default to it.
 */
export interface FetchRequest {
  method: 'GET' | 'POST' | 'PUT' | 'HEAD' | 'PATCH'
  url: string
  headers: Record<string, string>
  body: Uint8Array | null
  timeoutMs: number
  connectMs?: number
  answerMs?: number
}

/** Thrown (as a rejection) by `Host.fetch` when no answer came; `kind` is a closed list. */
export type FetchFailure = 'unreachable' | 'timeout' | 'tls' | 'proxy_auth' | 'aborted'
export class FetchError extends Error {
  readonly kind: FetchFailure
  constructor(kind: FetchFailure, message: string) {
    super(message)
    this.name = 'FetchError'
    this.kind = kind
  }
}

/** A PDF to be printed from HTML; sizes in millimetres come from the page's own CSS. */
export interface PdfRequest {
  html: string
  title: string
}

/** A practice hub that the host started on loopback. */
export interface PracticeHub {
  url: string
  adminToken: string
}

/** A file that a person picked: its bytes, limited to one more than was asked for, or null when it cannot be read. */
export interface PickedFile {
  name: string
  bytes: Uint8Array | null
}

/** What only the host (Electron's main process, or a test) can do. Core never imports Electron; it is lent these. */
export interface Host {
  /** Folder of this installation's data; absolute, exists. */
  dataDir: string
  /** Folder of resources shipped with the app (fonts, emblems, practice data); absolute. */
  resourcesDir: string
  version: string
  /** The disk below `dataDir`, where it is not the real one. */
  storage?: Storage
  /** Milliseconds UTC. */
  now(): number
  /** Cryptographically strong bytes (tests: seeded). */
  random(size: number): Uint8Array
  /** Calls `run` once after `ms`; returns a cancel function. The only timers of the engine. */
  after(ms: number, run: () => void): () => void
  /** Lets whatever waits for this thread run first; absent where nothing else runs. */
  breathe?(): Promise<void>
  /** Reads a whole database outside this thread; absent where there are no threads, and nothing is then checked. */
  checkFile?: CheckFile
  fetch(request: FetchRequest): Promise<FetchAnswer>
  /** Closes the sockets to the hub: after a sleep or a wedge they may be open here alone. Requests under way fail. */
  dropConnections?(): void
  /** Renders HTML with the app's own Chromium; `preferCSSPageSize`, tagged, fonts waited for. */
  printPdf(request: PdfRequest): Promise<Uint8Array>
  /** Sends stored bytes to a printer through the system's dialog. False when the person cancelled. */
  printFile(bytes: Uint8Array, name: string): Promise<boolean>
  /** Open dialog for images and PDF; returns the files or an empty list. */
  pickFiles(maxBytes: number): Promise<PickedFile[]>
  /** Save dialog; false when cancelled. */
  saveFile(name: string, bytes: Uint8Array): Promise<boolean>
  /** Operating system's secret store; null where it offers no real protection (Linux `basic_text`). */
  secrets: {
    protect(plain: Uint8Array): Promise<Uint8Array | null>
    reveal(sealed: Uint8Array): Promise<Uint8Array | null>
  }
  /** Starts (or finds running) the practice hub and loads its practice data, reporting progress 0–1. */
  startPracticeHub(onProgress: (step: string, done: number | null) => void): Promise<PracticeHub>
  /** Tells the renderer which queries to ask again. */
  stale(topics: Topic[]): void
  /** One structured line; ids and counts only, never citizens' words. */
  log(event: string, data?: Record<string, string | number | boolean | null>): void
}
