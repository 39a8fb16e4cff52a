import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { z } from 'zod'
import { AppError } from '@shared/ipc/errors.ts'
import {
  COLUMNS_SINCE,
  EnrolCodeResponse,
  EnrolResponse,
  ExchangeResponse,
  Hello,
  HUB_CONTENT_TYPE,
  IdentityResponse,
  PROTOCOL,
  SessionResponse,
} from '@shared/sync/exchange.ts'
import { agree, requestIn, SPOKEN } from '@shared/sync/versions.ts'
import type { FetchAnswer, FetchRequest, Host } from '../host.ts'
import { fetchFailure, judge, judgeFile, retryAfter } from './judge.ts'
import { downloadPart, downloadThumbs, uploadFile } from './transfer.ts'
import { learn, learnChangeBytes, patienceFor, UNMEASURED, type Pace } from './pace.ts'
import type { HubClient, HubDoor, Traffic } from './port.ts'

/** What the hub may need for one act of an exchange; how long one that knows no `hold` keeps a wake-up unanswered, ms. */
const ACT_MS = 500
const WAKE_MS = 30_000
/** Smaller bodies hardly shrink. */
const COMPRESS_FROM = 256

/** This PC's credentials at a hub. */
export interface HubAccess {
  url: string
  hubId: string
  deviceToken: string
}

type Lent = Pick<Host, 'fetch'> & Partial<Pick<Host, 'now' | 'dropConnections'>>

/** A hub over HTTPS, as an enrolled PC reaches it. */
export function httpHubClient(host: Lent, access: HubAccess): HubClient {
  const link: Link = { pace: { ...UNMEASURED }, brotli: false }
  const call = caller(host, access.deviceToken, link)
  const spoken = speaker(host, access.url)
  return {
    async exchange(request, traffic) {
      const url = `${access.url}/v1/exchange`
      const workMs = request.mutations.length * ACT_MS
      const response = await spoken(async (protocol) => {
        const json = requestIn(protocol, request)
        const answer = await call('POST', url, { json, traffic, workMs, brotli: link.brotli })
        // Only a hub that has just shown that it reads it: after any other answer the next request is one that all read.
        link.brotli = false
        const page = judge(answer, url, ExchangeResponse)
        link.brotli = page.protocol >= COLUMNS_SINCE
        const { changeBytes } = link.pace
        link.pace.changeBytes = learnChangeBytes(changeBytes, answer.wireBytes, page.changes.length)
        return page
      })
      if (response.hubId !== access.hubId) throw new AppError('wrong_hub', response.hubId)
      if (response.protocol > PROTOCOL) throw new AppError('hub_too_new', String(response.protocol))
      return response
    },
    async signIn(personId, password) {
      const url = `${access.url}/v1/sessions`
      return spoken(async (protocol) =>
        judge(await call('POST', url, { json: { protocol, personId, password } }), url, SessionResponse),
      )
    },
    async wake(cursor, holdMs) {
      const hold = Math.round(holdMs / 1000)
      const url = `${access.url}/v1/wake?cursor=${encodeURIComponent(cursor)}&hold=${hold}`
      return judge(await call('GET', url, { workMs: WAKE_MS }), url, z.object({ changed: z.boolean() }))
        .changed
    },
    putAttachment: (sha256, bytes, mayBeThere) =>
      uploadFile(call, access.url, () => link.pace, sha256, bytes, mayBeThere),
    async getAttachment(sha256) {
      const url = `${access.url}/v1/attachments/${sha256}`
      return judgeFile(await call('GET', url), url)
    },
    getPart: (sha256, from, to) => downloadPart(call, access.url, sha256, from, to),
    getThumbs: (hashes) => downloadThumbs(call, access.url, hashes),
    async openIdentity(proof, reportId, reason) {
      const url = `${access.url}/v1/identities`
      return spoken(async (protocol) =>
        judge(
          await call('POST', url, { json: { protocol, ...proof, reportId, reason } }),
          url,
          IdentityResponse,
        ),
      )
    },
    async createEnrolmentCode(proof, agencyId) {
      const url = `${access.url}/v1/enrolment-codes`
      return spoken(async (protocol) =>
        judge(await call('POST', url, { json: { protocol, ...proof, agencyId } }), url, EnrolCodeResponse),
      )
    },
    pace: () => link.pace,
    reset() {
      link.pace = { ...UNMEASURED }
      host.dropConnections?.()
    },
  }
}

/** Tries again to speak the newest version after this many calls in an older one: hubs get updated. */
const RETRY_NEWEST = 64

/** Asks in the newest version; a hub that finds it too new says what it speaks, and is asked in that (last 4 versions). */
function speaker(host: Lent, baseUrl: string) {
  let protocol = PROTOCOL
  let calls = 0
  return async <T>(ask: (protocol: number) => Promise<T>): Promise<T> => {
    if (protocol < PROTOCOL && ++calls % RETRY_NEWEST === 0) protocol = PROTOCOL
    try {
      return await ask(protocol)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'hub_too_old') throw error
      const agreed = agreement(await readHello(host, baseUrl))
      if (agreed === protocol) throw error
      protocol = agreed
      return ask(agreed)
    }
  }
}

function agreement({ protocol, minProtocol }: Hello): number {
  const agreed = agree(SPOKEN, { newest: protocol, oldest: minProtocol })
  if (typeof agreed === 'string') throw new AppError(agreed, `hub speaks ${minProtocol} to ${protocol}`)
  return agreed
}

async function readHello(host: Lent, baseUrl: string): Promise<Hello> {
  const url = `${baseUrl}/v1/hello`
  return judge(await caller(host, null)('GET', url), url, Hello)
}

/** A hub at an address, before this PC is enrolled. */
export function httpHubDoor(host: Lent, baseUrl: string): HubDoor {
  const spoken = speaker(host, baseUrl)
  return {
    async hello() {
      const hello = await readHello(host, baseUrl)
      agreement(hello)
      return hello
    },
    async enrol(code, deviceName) {
      const url = `${baseUrl}/v1/enrolments`
      return spoken(async (protocol) =>
        judge(
          await caller(host, null)('POST', url, { json: { protocol, code, deviceName } }),
          url,
          EnrolResponse,
        ),
      )
    },
    async adminEnrolmentCode(adminToken, agencyId) {
      const url = `${baseUrl}/v1/admin/enrolment-codes`
      return judge(
        await caller(host, adminToken)('POST', url, { json: { agencyId } }),
        url,
        EnrolCodeResponse,
      )
    },
  }
}

/** What is known of the way to a hub. */
interface Link {
  pace: Pace
  brotli: boolean
}

interface Sent {
  json?: unknown
  brotli?: boolean
  bytes?: Uint8Array
  headers?: Record<string, string>
  traffic?: Traffic
  /** What the hub itself may need before it answers, ms. */
  workMs?: number
}

function caller(host: Lent, token: string | null, link: Pick<Link, 'pace'> = { pace: UNMEASURED }) {
  const now = () => host.now?.() ?? 0
  return async (method: FetchRequest['method'], url: string, sent: Sent = {}): Promise<FetchAnswer> => {
    const headers: Record<string, string> = { accept: HUB_CONTENT_TYPE }
    if (token) headers['authorization'] = `Bearer ${token}`
    const body = bodyOf(sent, headers)
    Object.assign(headers, sent.headers)
    if (sent.traffic) sent.traffic.bytesUp += body?.length ?? 0
    const { silenceMs: timeoutMs, ...phases } = patienceFor(link.pace, sent.workMs)
    const startedAt = now()
    try {
      const answer = await host.fetch({ method, url, headers, body, timeoutMs, ...phases })
      note(sent.traffic, answer, now())
      // A wake-up is held on purpose: it measures the hub's patience, not the link.
      if (sent.workMs !== WAKE_MS)
        link.pace = learn(link.pace, {
          bytesUp: body?.length ?? 0,
          bytesDown: answer.wireBytes,
          answerMs: answer.answerMs ?? null,
          totalMs: now() - startedAt,
        })
      return answer
    } catch (error) {
      throw fetchFailure(error)
    }
  }
}

function note(traffic: Traffic | undefined, answer: FetchAnswer, now: number): void {
  if (!traffic) return
  traffic.bytesDown += answer.wireBytes
  const wait = retryAfter(answer, now)
  if (wait !== null) traffic.retryAfterMs = wait
}

function bodyOf(sent: Sent, headers: Record<string, string>): Uint8Array | null {
  if (sent.bytes) {
    headers['content-type'] = 'application/octet-stream'
    return sent.bytes
  }
  if (sent.json === undefined) return null
  headers['content-type'] = HUB_CONTENT_TYPE
  const plain = Buffer.from(JSON.stringify(sent.json))
  if (plain.length < COMPRESS_FROM) return plain
  headers['content-encoding'] = sent.brotli ? 'br' : 'gzip'
  return sent.brotli ? brotliCompressSync(plain, { params: brotliParams(plain.length) }) : gzipSync(plain)
}

/** Up to this many bytes the best quality that is not ten times slower takes a few milliseconds. */
const PRESS_UP_TO = 32_768

const brotliParams = (size: number) => ({
  [constants.BROTLI_PARAM_QUALITY]: size <= PRESS_UP_TO ? 10 : 6,
  [constants.BROTLI_PARAM_LGWIN]: 18,
  [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
})
