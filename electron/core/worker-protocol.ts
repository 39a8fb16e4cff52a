import type { AppErrorShape } from '@shared/ipc/errors.ts'
import type { Topic } from '@shared/ipc/topics.ts'
import type { FetchAnswer, FetchFailure, FetchRequest, PdfRequest, PickedFile, PracticeHub } from './host.ts'

/** Everything the worker may ask of the main process, with its arguments and answer. */
export interface HostCalls {
  fetch: { args: [FetchRequest]; answer: FetchAnswer }
  dropConnections: { args: []; answer: void }
  printPdf: { args: [PdfRequest]; answer: Uint8Array }
  printFile: { args: [bytes: Uint8Array, name: string]; answer: boolean }
  pickFiles: { args: [maxBytes: number]; answer: PickedFile[] }
  saveFile: { args: [name: string, bytes: Uint8Array]; answer: boolean }
  protect: { args: [Uint8Array]; answer: Uint8Array | null }
  reveal: { args: [Uint8Array]; answer: Uint8Array | null }
  startPracticeHub: { args: []; answer: PracticeHub }
}
export type HostMethod = keyof HostCalls

/** How a host call failed: `kind` for fetch, `code` for errors with one (file system, practice hub). */
export interface HostFailure {
  message: string
  kind: FetchFailure | null
  code: string | null
}

/** What the operating system tells main and the engine should know; `network`: another way to the network is there. */
export type PowerEvent = 'resume' | 'suspend' | 'lock-screen' | 'network'

/** Main → worker. `start` comes first and once. */
export type ToWorker =
  | { type: 'start'; dataDir: string; resourcesDir: string; version: string; clockOffsetMs: number }
  | { type: 'call'; id: number; method: string; input: unknown }
  | { type: 'attachment'; id: number; sha256: string; which: 'original' | 'thumb' }
  | { type: 'host-answer'; id: number; ok: true; value: unknown }
  | { type: 'host-answer'; id: number; ok: false; failure: HostFailure }
  | { type: 'host-progress'; id: number; step: string; done: number | null }
  | { type: 'power'; event: PowerEvent }
  | { type: 'stop' }

/** Worker → main. */
export type FromWorker =
  | { type: 'answer'; id: number; answer: { ok: true; value: unknown } | { ok: false; error: AppErrorShape } }
  | { type: 'attachment'; id: number; found: { mime: string; bytes: Uint8Array } | null }
  | { [M in HostMethod]: { type: 'host'; id: number; method: M; args: HostCalls[M]['args'] } }[HostMethod]
  | { type: 'stale'; topics: Topic[] }
  | { type: 'log'; event: string; data: Record<string, string | number | boolean | null> }
  | { type: 'stopped' }
