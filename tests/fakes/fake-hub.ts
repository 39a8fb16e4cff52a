import { createHash } from 'node:crypto'
import type { Person } from '@shared/domain/person.ts'
import type { ReportState } from '@shared/domain/report.ts'
import {
  COLUMNS_SINCE,
  HUB_CONTENT_TYPE,
  PROTOCOL,
  type ExchangeRequest,
  type HubErrorCode,
  type Receipt,
} from '@shared/sync/exchange.ts'
import { scopeDigest } from '@shared/sync/digest.ts'
import type { Change } from '@shared/sync/feed.ts'
import { packChanges } from '@shared/sync/packed.ts'
import type { Mutation } from '@shared/sync/mutations.ts'
import type { FetchAnswer, FetchRequest } from '../../electron/core/host.ts'
import { requestJson } from './request-body.ts'

/** Everyone's password at a fake hub. */
export const FAKE_PASSWORD = 'rahasia-uji'

/** A hub in memory behind `Host.fetch`: the protocol, one agency, and effects that can be counted. */
export interface FakeHub {
  url: string
  fetch(request: FetchRequest): Promise<FetchAnswer>
  /** Applied mutations in order; an id appears once however often it was sent. */
  effects: Mutation[]
  /** Puts a row into the feed. */
  put(kind: string, id: string, body: unknown): void
  remove(kind: string, id: string): void
  /** A code for one more PC. */
  code(): string
  /** Restored from a backup: a new epoch, and the last `lost` effects never happened. */
  restore(lost: number): void
  now: number
  /** Everyone's password now. */
  password: string
  practice: boolean
}

const HUB_ID = '00000000-0000-7000-8000-0000000000b1'
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')
const idFrom = (text: string) => {
  const h = sha256(text)
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-7${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`
}

class Refusal extends Error {
  readonly status: number
  readonly code: HubErrorCode
  constructor(status: number, code: HubErrorCode) {
    super(code)
    this.status = status
    this.code = code
  }
}

/** Makes a fake hub with these people in agency PUPR. */
export function fakeHub(people: readonly Person[]): FakeHub {
  const feed = new Map<string, Change>()
  const receipts = new Map<string, { hash: string; receipt: Receipt }>()
  const codes = new Map<string, boolean>()
  const devices = new Map<string, { id: string; unlockSecret: string }>()
  const sessions = new Map<string, string>()
  const files = new Map<string, Uint8Array>()
  let seq = 0
  let epoch = 1
  let nextNumber = 1

  const put = (kind: string, id: string, body: unknown, removed: Change['removed'] = null) => {
    const version = (feed.get(`${kind}/${id}`)?.version ?? 0) + 1
    feed.set(`${kind}/${id}`, { seq: ++seq, kind, id, version, body, removed })
    return version
  }
  for (const person of people) put('person', person.id, person)

  const apply = (mutation: Mutation, deviceId: string): Receipt => {
    const plain = { mutationId: mutation.id, version: null, reason: null, fields: null }
    if (mutation.kind === 'register.lease') {
      const { registerId, year, size } = mutation.payload
      const span = { from: nextNumber, to: (nextNumber += size) - 1, expiresAt: hub.now + 90 * 86_400_000 }
      const lease = { id: idFrom(mutation.id), registerId, year, deviceId, ...span }
      return { ...plain, outcome: 'applied', version: put('lease', lease.id, lease) }
    }
    if (mutation.reportId === null) return { ...plain, outcome: 'rejected', reason: 'bad_mutation' }
    const state = feed.get(`report_state/${mutation.reportId}`)
    if (!state || state.removed) return { ...plain, outcome: 'rejected', reason: 'reassigned' }
    hub.effects.push(mutation)
    const payload =
      mutation.kind.startsWith('report.') && mutation.kind !== 'report.note' ? mutation.payload : {}
    const body = { ...(state.body as ReportState), ...pick(payload), updatedAt: hub.now }
    return { ...plain, outcome: 'applied', version: put('report_state', mutation.reportId, body) }
  }

  const receive = (mutation: Mutation, tokens: Record<string, string>, deviceId: string): Receipt => {
    const known = receipts.get(mutation.id)
    const hash = sha256(JSON.stringify(mutation))
    const plain = { mutationId: mutation.id, version: null, reason: null, fields: null }
    if (known && known.hash !== hash) return { ...plain, outcome: 'rejected', reason: 'id_reused' }
    if (known)
      return known.receipt.outcome === 'applied' ? { ...known.receipt, outcome: 'duplicate' } : known.receipt
    if (sessions.get(tokens[mutation.personId] ?? '') !== mutation.personId)
      return { ...plain, outcome: 'rejected', reason: 'session_expired' }
    const receipt = apply(mutation, deviceId)
    receipts.set(mutation.id, { hash, receipt })
    return receipt
  }

  const exchange = (request: ExchangeRequest, deviceId: string) => {
    const [theirEpoch, from] = request.cursor === null ? [epoch, 0] : request.cursor.split('.').map(Number)
    const acts = theirEpoch === epoch ? request.mutations : []
    const answers = acts.map((mutation) => receive(mutation, request.sessions, deviceId))
    const resync = theirEpoch === epoch && from! <= seq ? null : 'other_epoch'
    const open = [...feed.values()].filter((change) => change.seq > from!).sort((a, b) => a.seq - b.seq)
    const changes = resync ? [] : fitting(open, request.want)
    const more = changes.length < open.length && !resync
    const reports = [...feed.values()].filter((change) => change.kind === 'report' && !change.removed)
    const scope = [...feed.values()].filter(({ kind, removed }) => /^report(_state)?$/.test(kind) && !removed)
    return {
      protocol: request.protocol,
      digest: request.want.digest && !more && !resync ? scopeDigest(scope) : null,
      hubId: HUB_ID,
      epoch,
      hubTime: hub.now,
      baseCursor: request.cursor,
      echo: request.want.echo ?? null,
      receipts: answers,
      ...(request.protocol < COLUMNS_SINCE ? { changes } : packed(changes)),
      cursor: `${epoch}.${more ? (changes.at(-1)?.seq ?? from!) : seq}`,
      more,
      resync,
      reportCount: reports.length,
    }
  }

  /** By columns, and with a place to stop after every second change. */
  const packed = (changes: Change[]) => ({
    changes: packChanges(changes),
    marks: changes.slice(0, -1).flatMap(({ seq: at }, i) => (i % 2 === 1 ? [[i + 1, `${epoch}.${at}`]] : [])),
  })

  const route = (request: FetchRequest): unknown => {
    const path = new URL(request.url).pathname
    const json = () => requestJson<Record<string, string>>(request)
    const device = () => {
      const found = devices.get((request.headers['authorization'] ?? '').slice(7))
      if (!found) throw new Refusal(401, 'device_unknown')
      return found
    }
    if (path === '/v1/hello')
      return {
        product: 'meja-lapor-hub',
        protocol: PROTOCOL,
        minProtocol: 1,
        hubId: HUB_ID,
        name: 'Hub uji',
        time: hub.now,
        practice: hub.practice,
      }
    if (path === '/v1/enrolments') {
      const used = codes.get(json()['code']!)
      if (used === undefined) throw new Refusal(404, 'code_unknown')
      if (used) throw new Refusal(409, 'code_used')
      codes.set(json()['code']!, true)
      const deviceToken = sha256(`device${devices.size}`)
      const unlockSecret = Buffer.from(sha256(`unlock${devices.size}`), 'hex').toString('base64')
      devices.set(deviceToken, { id: idFrom(deviceToken), unlockSecret })
      const agency = { agencyId: 'PUPR', agencyName: 'Dinas PUPR', hubId: HUB_ID }
      return { deviceId: idFrom(deviceToken), deviceToken, deviceCode: 'AA', ...agency, unlockSecret, people }
    }
    if (path === '/v1/sessions') {
      const { unlockSecret } = device()
      const person = people.find((one) => one.id === json()['personId'])
      if (!person || json()['password'] !== hub.password) throw new Refusal(403, 'wrong_password')
      const token = sha256(`${person.id}${sessions.size}`)
      sessions.set(token, person.id)
      return { token, expiresAt: hub.now + 86_400_000, unlockSecret, person }
    }
    if (path === '/v1/exchange') {
      return exchange(requestJson<ExchangeRequest>(request), device().id)
    }
    if (path === '/v1/wake') {
      device()
      const seen = Number(new URL(request.url).searchParams.get('cursor')?.split('.')[1] ?? 0)
      return seen < seq ? { changed: true } : new Promise(() => {})
    }
    const hash = /^\/v1\/attachments\/([0-9a-f]{64})$/.exec(path)?.[1]
    if (!hash) throw new Refusal(404, 'not_found')
    device()
    if (request.method === 'GET') {
      const bytes = files.get(hash)
      if (!bytes) throw new Refusal(404, 'not_found')
      return bytes
    }
    if (sha256(request.body!) !== hash) throw new Refusal(422, 'hash_mismatch')
    files.set(hash, request.body!)
    return { sha256: hash }
  }

  const hub: FakeHub = {
    url: 'https://hub.example',
    password: FAKE_PASSWORD,
    practice: false,
    now: Date.UTC(2026, 1, 2),
    effects: [],
    put: (kind, id, body) => void put(kind, id, body),
    remove: (kind, id) => void put(kind, id, null, { reason: 'reassigned', movedTo: 'DLH' }),
    code() {
      codes.set(`KODE-${codes.size}`, false)
      return `KODE-${codes.size - 1}`
    },
    restore(lost) {
      epoch++
      for (const mutation of hub.effects.splice(hub.effects.length - lost)) receipts.delete(mutation.id)
    },
    async fetch(request) {
      try {
        const value = await route(request)
        return value instanceof Uint8Array
          ? answer(request, 200, value, 'image/png')
          : answer(request, 200, value)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        return answer(request, error.status, { error: { code: error.code, message: '' } })
      }
    },
  }
  return hub
}

function answer(request: FetchRequest, status: number, value: unknown, type = HUB_CONTENT_TYPE): FetchAnswer {
  const body = value instanceof Uint8Array ? value : Buffer.from(JSON.stringify(value))
  return {
    status,
    url: request.url,
    headers: { 'content-type': type, 'x-hub-id': HUB_ID },
    body,
    wireBytes: body.length,
  }
}

const pick = (payload: object) =>
  Object.fromEntries(
    Object.entries(payload).filter(([key]) => ['class', 'oversight', 'priority', 'assigneeId'].includes(key)),
  )

/** As many changes as the desk wants, one at least; three letters count as a compressed byte. */
function fitting(open: Change[], { maxChanges, maxBytes = Infinity }: ExchangeRequest['want']): Change[] {
  let letters = 0
  return open.slice(0, maxChanges).filter(({ body }, i) => {
    letters += JSON.stringify(body).length
    return i === 0 || letters <= 3 * maxBytes
  })
}
