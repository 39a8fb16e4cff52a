import { createHash } from 'node:crypto'
import type { AttachmentRef } from '@shared/domain/report.ts'
import { AppError } from '@shared/ipc/errors.ts'
import {
  HUB_CONTENT_TYPE,
  PROTOCOL,
  type ExchangeRequest,
  type ExchangeResponse,
} from '@shared/sync/exchange.ts'
import { scopeDigest } from '@shared/sync/digest.ts'
import type { Change } from '@shared/sync/feed.ts'
import { sha256Of } from '../../electron/core/archive/seal.ts'
import type { FetchAnswer } from '../../electron/core/host.ts'
import { UNMEASURED } from '../../electron/core/hub-client/pace.ts'
import type { HubClient } from '../../electron/core/hub-client/port.ts'
import { uploadFile } from '../../electron/core/hub-client/transfer.ts'
import { filesOf } from '../../electron/core/sync/attachments.ts'
import { leaseChange, replyChange, replyTo } from '../core/office.ts'
import { idOf, officeChanges, reportChanges } from '../core/sample.ts'

/** Reports of the first page of a desk that starts with a whole mirror. */
export const FEW = 8
/** Reports of a first mirror that comes in pages, and of each page. */
export const MANY = 240
const PAGE = 60
export const CRASH_HUB = idOf(0xb1)

/** What the hub witnessed, told like the desk's own words: it outlives any cut at the desk. */
export type Witnessed =
  | { note: 'piece'; sha256: string; bytes: number }
  | { note: 'uploaded'; sha256: string }
  | { note: 'wrong'; words: string }

/** The bytes of a file that depend on its name alone, so that any process can make them again. */
export const bytesOf = (name: string, size: number): Buffer =>
  createHash('shake256', { outputLength: size }).update(name).digest()

/** The photo of the n-th report; null for reports without one. */
export function photoOf(n: number): { ref: AttachmentRef; bytes: Buffer } | null {
  if (n % 3 !== 0) return null
  const name = `foto-${n}.png`
  const bytes = bytesOf(name, 1 + ((n * 70_001) % 300_000))
  return { ref: { sha256: sha256Of(bytes), mime: 'image/png', size: bytes.length, name }, bytes }
}

const photos = new Map<string, Buffer>()
/** More reports than any desk here ever has. */
const ALL = 1000

function photoBytes(sha256: string): Buffer {
  for (let n = 3 + photos.size * 3; n < ALL && !photos.has(sha256); n += 3) {
    const photo = photoOf(n)!
    photos.set(photo.ref.sha256, photo.bytes)
  }
  const bytes = photos.get(sha256)
  if (!bytes) throw new AppError('not_found', sha256)
  return bytes
}

/** Reports from 4 on, every second: an answer is approved and may get its letter. */
export const isAnswered = (n: number): boolean => n > 3 && n % 2 === 0

function changesOf(n: number): Change[] {
  const photo = photoOf(n)
  const report = reportChanges(n, { attachments: photo ? [photo.ref] : [] }, { state: 'verified' })
  return isAnswered(n) ? [...report, replyChange(replyTo(n, { state: 'approved' }))] : report
}

/** A page of the feed behind a cursor, the same each time it is asked for. `c5`: five reports are here. */
export function pageAfter(cursor: string | null, first: number) {
  const at = cursor === null ? 0 : Number(cursor.slice(1))
  const next = at < first ? Math.min(first, at + (first === FEW ? FEW : PAGE)) : at + 1
  const office = at === 0 ? [...officeChanges(), leaseChange(1, 9999)] : []
  const reports = Array.from({ length: next - at }, (_, i) => changesOf(at + 1 + i)).flat()
  const changes = [...office, ...reports].map((change, i) => ({ ...change, seq: at * 20 + 1 + i }))
  return { baseCursor: cursor, cursor: `c${next}`, changes, more: next < first, reportCount: next }
}

function digestOf({ more, reportCount }: ReturnType<typeof pageAfter>) {
  if (more) return null
  const kinds = ['report', 'report_state'] as const
  const ids = Array.from({ length: reportCount }, (_, i) => idOf(i + 1))
  return scopeDigest(kinds.flatMap((kind) => ids.map((id) => ({ kind, id, version: 1 }))))
}

/**
 * A hub in the desk's own process, on a link that breaks when `breaks` says so: after a request was carried out or
 * before. Its files come in by tus and go out by ranges.
 */
export class HubAtWork {
  readonly effects = new Set<string>()
  readonly #files = new Set<string>()
  readonly #begun = new Map<string, Buffer[]>()
  readonly #first: number
  readonly #tell: (line: Witnessed) => void
  readonly #breaks: () => boolean

  constructor(first: number, tell: (line: Witnessed) => void, breaks: () => boolean) {
    this.#first = first
    this.#tell = tell
    this.#breaks = breaks
  }

  /** Lets the hub have a file, or the beginning of one, from an earlier life. */
  knows(sha256: string, begun?: Buffer): void {
    if (begun) this.#begun.set(sha256, [begun])
    else this.#files.add(sha256)
  }

  hasFile(sha256: string): boolean {
    return this.#files.has(sha256)
  }

  readonly client = {
    exchange: (request: ExchangeRequest) => this.#exchange(request),
    putAttachment: (sha256: string, bytes: Uint8Array) =>
      uploadFile(
        (method, url, sent) => this.#tus(method, url, sent?.bytes, sent?.headers),
        'http://hub',
        () => SLOW,
        sha256,
        bytes,
      ),
    getPart: (sha256: string, from: number, to: number) => this.#part(sha256, from, to),
    pace: () => SLOW,
  } as unknown as HubClient

  async #exchange(request: ExchangeRequest): Promise<ExchangeResponse> {
    await this.#link()
    const receipts = request.mutations.map(({ id }) => ({
      mutationId: id,
      outcome: this.effects.has(id) ? ('duplicate' as const) : ('applied' as const),
      version: 1,
      reason: null,
      fields: null,
    }))
    for (const { id } of request.mutations) this.effects.add(id)
    await this.#link()
    return {
      protocol: PROTOCOL,
      hubId: CRASH_HUB,
      epoch: 1,
      hubTime: 1,
      receipts,
      ...pageAfter(request.cursor, this.#first),
      ...(request.want.digest ? { digest: digestOf(pageAfter(request.cursor, this.#first)) } : {}),
      resync: null,
    }
  }

  #part(sha256: string, from: number, to: number) {
    if (from > 0) this.#tell({ note: 'piece', sha256, bytes: from })
    return this.#link().then(() => {
      const photo = photoBytes(sha256)
      return { from, bytes: photo.subarray(from, to), total: photo.length }
    })
  }

  async #tus(method: string, url: string, bytes?: Uint8Array, headers: Record<string, string> = {}) {
    await this.#link()
    const sha256 =
      /[0-9a-f]{64}$/.exec(url)?.[0] ??
      Buffer.from((headers['upload-metadata'] ?? '').slice(7), 'base64').toString()
    const begun = this.#begun.get(sha256)
    if (method === 'PUT') return this.#whole(sha256, Buffer.from(bytes!), url)
    if (method === 'POST') this.#begun.set(sha256, [])
    else if (!begun) return answer(404, url)
    else if (method === 'PATCH') {
      const at = Buffer.concat(begun).length
      if (Number(headers['upload-offset']) !== at) return answer(409, url)
      begun.push(Buffer.from(bytes!))
      const so = Buffer.concat(begun)
      if (sha256Of(so) === sha256) this.#whole(sha256, so, url)
    }
    await this.#link()
    return answer(method === 'POST' ? 201 : 204, url, Buffer.concat(this.#begun.get(sha256)!).length)
  }

  #whole(sha256: string, bytes: Buffer, url: string): FetchAnswer {
    if (sha256Of(bytes) !== sha256)
      this.#tell({ note: 'wrong', words: `the hub was sent other bytes as ${sha256}` })
    this.#files.add(sha256)
    this.#tell({ note: 'uploaded', sha256 })
    return answer(200, url)
  }

  /** Also a place where a kill may come between two bytes of one act. */
  async #link(): Promise<void> {
    await Promise.resolve()
    if (this.#breaks()) throw new AppError('hub_unreachable', 'the link broke')
  }
}

/** A link so slow that every transfer goes in the smallest pieces. */
const SLOW = { ...UNMEASURED, downBps: 1, upBps: 1 }

const answer = (status: number, url: string, offset?: number): FetchAnswer => ({
  status,
  url,
  headers: {
    'x-hub-id': CRASH_HUB,
    'content-type': HUB_CONTENT_TYPE,
    ...(offset === undefined ? {} : { 'upload-offset': String(offset) }),
  },
  body: Buffer.from('{}'),
  wireBytes: 2,
})

/** Files of the acts that an exchange sent. */
export const filesSent = (request: Pick<ExchangeRequest, 'mutations'>): string[] =>
  request.mutations.flatMap((mutation) => filesOf(mutation))
