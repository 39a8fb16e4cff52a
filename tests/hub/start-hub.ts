import type { EnrolResponse, ExchangeRequest, SessionResponse } from '@shared/sync/exchange.ts'
import { ExchangeResponse, HUB_CONTENT_TYPE, PROTOCOL } from '@shared/sync/exchange.ts'
import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createHub, type HubOptions, type RunningHub } from '../../electron/hub/index.ts'
import { PASSWORD, SMALL_REGENCY } from './small-regency.ts'

/** Shared by every test run, so that initdb is paid for once. */
const CACHE = resolve(import.meta.dirname, '../../.cache/hub-template')

/** A clock that only moves when told. */
export function testClock(start = Date.UTC(2026, 2, 2, 1, 0, 0)) {
  let now = start
  return { now: () => now, advance: (ms: number) => void (now += ms) }
}

/** An enrolled PC and what it can say. */
export interface TestDevice extends EnrolResponse {
  /** Signs a person in; the token is also kept for `exchange`. */
  session(personId: string, password?: string): Promise<SessionResponse>
  /** One exchange with everyone who signed in here. */
  exchange(
    mutations?: readonly unknown[],
    cursor?: string | null,
    maxChanges?: number,
    want?: Partial<ExchangeRequest['want']>,
  ): Promise<ExchangeResponse>
  /** Any `/v1` call with the device's token. */
  call(path: string, init?: RequestInit): Promise<Response>
}

/** A real hub on loopback with a database in a temporary folder. */
export interface TestHub {
  url: string
  hub: RunningHub
  dataDir: string
  adminToken: string
  clock: ReturnType<typeof testClock>
  log: Record<string, unknown>[]
  bootstrap(): Promise<Response>
  admin(path: string, body: unknown): Promise<Response>
  code(agencyId: string): Promise<string>
  enrol(agencyId: string): Promise<TestDevice>
  /** Files a report through Open311 and answers its number. */
  report(fields?: Record<string, string>): Promise<string>
  /** Closes and opens the same data folder again, at a new address; `more` changes how. */
  restart(more?: Partial<HubOptions>): Promise<void>
  /** Copies the data folder; what it answers puts the copy back, as an operator does with `--restored`. */
  backup(): Promise<() => Promise<void>>
  /** The same after the test closed the hub itself. */
  restartFromClosed(): Promise<void>
  stop(): Promise<void>
}

/** Starts a hub with the small fictional regency (`empty`: with nothing). */
export async function startHub(
  options: {
    clock?: ReturnType<typeof testClock>
    empty?: boolean
    bootstrap?: HubOptions['bootstrap']
  } = {},
): Promise<TestHub> {
  const dataDir = mkdtempSync(join(tmpdir(), 'meja-hub-'))
  const clock = options.clock ?? testClock()
  const log: Record<string, unknown>[] = []
  const open = async (more: Partial<HubOptions> = {}) => {
    const hub = await createHub({
      dataDir,
      cacheDir: CACHE,
      clock: clock.now,
      random: (n) => randomBytes(n),
      log: (line) => void log.push(line),
      practice: true,
      bootstrap: options.empty ? undefined : (options.bootstrap ?? SMALL_REGENCY),
      ...more,
    })
    return { hub, url: await hub.listen(port, '127.0.0.1') }
  }
  // Desks find it again at the address they know.
  let port = 0
  const { hub, url } = await open()
  const self: TestHub = {
    url,
    hub,
    dataDir,
    adminToken: hub.adminToken,
    clock,
    log,
    bootstrap: () => self.admin('bootstrap', SMALL_REGENCY),
    admin: (path, body) => post(`${self.url}/v1/admin/${path}`, body, self.adminToken),
    code: async (agencyId) => {
      const answer = await self.admin('enrolment-codes', { agencyId })
      return ((await answer.json()) as { code: string }).code
    },
    enrol: async (agencyId) => {
      const body = { protocol: PROTOCOL, code: await self.code(agencyId), deviceName: `PC ${agencyId}` }
      const answer = await post(`${self.url}/v1/enrolments`, body)
      if (!answer.ok) throw new Error(await answer.text())
      return testDevice(self, (await answer.json()) as EnrolResponse)
    },
    report: async (fields = {}) => {
      const form = new URLSearchParams({
        api_key: 'latihan',
        service_code: 'jalan',
        address_string: 'Jalan Cenderawasih',
        ...fields,
      })
      if (!form.has('description')) form.set('description', 'Jalan berlubang di depan pasar.')
      const answer = await fetch(`${self.url}/open311/v2/requests.json`, { method: 'POST', body: form })
      if (!answer.ok) throw new Error(await answer.text())
      return ((await answer.json()) as [{ service_request_id: string }])[0].service_request_id
    },
    restart: async (more) => {
      await self.hub.close()
      Object.assign(self, await open(more))
    },
    backup: async () => {
      port = Number(new URL(self.url).port)
      const copy = mkdtempSync(join(tmpdir(), 'meja-backup-'))
      await self.hub.close()
      cpSync(dataDir, copy, { recursive: true })
      Object.assign(self, await open())
      return async () => {
        await self.hub.close()
        rmSync(dataDir, { recursive: true, force: true })
        cpSync(copy, dataDir, { recursive: true })
        rmSync(copy, { recursive: true, force: true })
        Object.assign(self, await open({ restored: true }))
      }
    },
    restartFromClosed: async () => {
      Object.assign(self, await open())
    },
    stop: async () => {
      await self.hub.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  return self
}

/** POSTs JSON the way a desk does. */
export const post = (url: string, body: unknown, token?: string): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': HUB_CONTENT_TYPE, ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  })

function testDevice(test: TestHub, enrolled: EnrolResponse): TestDevice {
  const sessions: Record<string, string> = {}
  const token = enrolled.deviceToken
  return {
    ...enrolled,
    session: async (personId, password = PASSWORD) => {
      const answer = await post(`${test.url}/v1/sessions`, { protocol: PROTOCOL, personId, password }, token)
      if (!answer.ok) throw new Error(await answer.text())
      const session = (await answer.json()) as SessionResponse
      sessions[personId] = session.token
      return session
    },
    exchange: async (mutations = [], cursor = null, maxChanges = 1000, more = {}) => {
      const want = { maxChanges, ...more }
      const body = { protocol: PROTOCOL, sessions, cursor, mutations, want, audit: null }
      const answer = await post(`${test.url}/v1/exchange`, body, token)
      if (!answer.ok) throw new Error(await answer.text())
      return ExchangeResponse.parse(await answer.json())
    },
    call: (path, init = {}) =>
      fetch(`${test.url}/v1/${path}`, {
        ...init,
        headers: { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) },
      }),
  }
}
