import { hash } from '@node-rs/argon2'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { EnrolResponse } from '@shared/sync/exchange.ts'
import { HUB_CONTENT_TYPE, PROTOCOL } from '@shared/sync/exchange.ts'
import type { FetchAnswer, FetchRequest } from '../../electron/core/host.ts'
import type { Db } from '../../electron/hub/db/engine.ts'
import { createHub, type RunningHub } from '../../electron/hub/index.ts'
import { PASSWORD, SMALL_REGENCY } from '../hub/small-regency.ts'
import { giveBack, HubDied, lendHubDb, memoryDb, type MemoryDb } from './hub-database.ts'
import { drawFrom, type Draw } from './random.ts'
import { settleDown } from './timeline.ts'

/** Where desks think the hub is. */
export const HUB_URL = 'https://hub.example'
/** Monday 2 March 2026, 10:00 WIT. */
export const START = Date.UTC(2026, 2, 2, 1, 0, 0)
const DEVICES = ['PUPR', 'PUPR', 'PUPR', 'DLH', 'PUPR', 'DLH', 'KOMINFO', 'PUPR', 'DLH', 'KOMINFO'] as const

type Asked = Pick<FetchRequest, 'method' | 'url' | 'headers' | 'body'>

/** A hub the simulation can break: one request at a time, each of which it may die in. */
export interface HubNode {
  /** Answers a request; throws HubDied when the process ends in it or is down. */
  handle(request: Asked): Promise<FetchAnswer>
  /** Resolves when nothing is being done, here or by those who waited for it. */
  quiet(): Promise<void>
  /** PostgreSQL's SQL, whichever engine is behind. */
  q: Db['q']
  dieAtCommit(n: number, when: 'before' | 'after'): void
  readonly down: boolean
  /** The process starts again. */
  restart(): void
  backup(): void
  /** The database comes back from the last backup; false when there is none. */
  restore(): Promise<boolean>
  /** A code that enrols one more PC. */
  code(agencyId: string): Promise<string>
  /** The hourly jobs. */
  tidy(): Promise<void>
  onCommit: () => void
  /** Resolves at the next commit; never on the real engine, whose commits are not watched. */
  nextCommit(): Promise<void>
  /** In memory: direct access for checks at every commit. */
  readonly memory: MemoryDb | null
  close(): Promise<void>
}

/** What a desk needs to be one: given by enrolments that really happened, once per process. */
export interface HubTemplate {
  image: Buffer
  devices: EnrolResponse[]
}

const silent = { cacheDir: '', name: 'Hub simulasi' }
let template: Promise<HubTemplate> | null = null

/** A hub with the small regency and its PCs enrolled, made once by the real code. */
export function hubTemplate(root: string): Promise<HubTemplate> {
  template ??= makeTemplate(root)
  return template
}

async function makeTemplate(root: string): Promise<HubTemplate> {
  const db = memoryDb()
  const dataDir = mkdtempSync(join(root, 'template-'))
  const draw = drawFrom('template')
  const hub = await createHub({
    ...silent,
    dataDir,
    clock: () => START - 3_600_000,
    random: draw.bytes,
    bootstrap: SMALL_REGENCY,
    openDatabase: () => Promise.resolve(db),
  })
  const devices = await enrolAll(hub)
  await cheapPasswords(db)
  const image = db.handle.serialize()
  await hub.close()
  rmSync(dataDir, { recursive: true, force: true })
  return { image, devices }
}

/** Real argon2id, at its cheapest: the simulation signs people in thousands of times. */
export async function cheapPasswords(db: Db): Promise<void> {
  const cheap = await hash(PASSWORD, { memoryCost: 8, timeCost: 1, parallelism: 1 })
  await db.q('update people set password_hash = $1', [cheap])
}

/** Enrols every PC of the simulation. */
export async function enrolAll(hub: RunningHub): Promise<EnrolResponse[]> {
  const devices: EnrolResponse[] = []
  for (const agencyId of DEVICES) {
    const code = await enrolmentCode(hub, agencyId)
    const enrolled = await hub.app.inject({
      method: 'POST',
      url: '/v1/enrolments',
      headers: { 'content-type': HUB_CONTENT_TYPE },
      payload: JSON.stringify({ protocol: PROTOCOL, code, deviceName: `PC ${devices.length}` }),
    })
    devices.push(enrolled.json<EnrolResponse>())
  }
  return devices
}

async function enrolmentCode(hub: RunningHub, agencyId: string): Promise<string> {
  const answer = await hub.app.inject({
    method: 'POST',
    url: '/v1/admin/enrolment-codes',
    headers: { 'content-type': HUB_CONTENT_TYPE, authorization: `Bearer ${hub.adminToken}` },
    payload: JSON.stringify({ agencyId }),
  })
  return answer.json<{ code: string }>().code
}

interface Options {
  root: string
  draw: Draw
  clock: () => number
  log: (line: Record<string, unknown>) => void
  /** The real engine instead of the one in memory. */
  database?: Db
}

/** Starts a hub from the template (or on a prepared database). */
export async function startHubNode(from: HubTemplate, options: Options): Promise<HubNode> {
  const { root, draw, clock, log } = options
  const dataDir = join(root, `hub-${draw.below(2 ** 31)}`)
  mkdirSync(dataDir, { recursive: true })
  let memory = options.database ? null : lendHubDb(from.image)
  let copy: Buffer | null = null
  let down = false
  // Of a dead process not even the rest of the request happens.
  const alive = <T>(act: () => Promise<T>): Promise<T> =>
    down ? Promise.reject(new HubDied('down')) : act().catch(noteDeath)
  const noteDeath = (error: unknown): never => {
    if (error instanceof HubDied) down = true
    throw error
  }
  const guarded = (db: Db): Db => ({
    q: (sql, params) => alive(() => db.q(sql, params)),
    tx: (act) =>
      alive(() =>
        db.tx((sql) =>
          act({ q: (text, params) => (down ? Promise.reject(new HubDied('down')) : sql.q(text, params)) }),
        ),
      ),
    script: (sql) => db.script(sql),
    close: () => Promise.resolve(),
  })
  const open = (restored: boolean) =>
    createHub({
      ...silent,
      dataDir,
      clock,
      random: draw.bytes,
      restored,
      log: (line) => (down ? undefined : log(line)),
      openDatabase: () => Promise.resolve(guarded(options.database ?? memory!)),
    })
  let hub = await open(false)
  let committed: Promise<void> | null = null
  let announce = () => {}
  const onCommit = () => {
    node.onCommit()
    announce()
    committed = null
  }
  if (memory) memory.onCommit = onCommit
  const answerTo = async (request: Asked): Promise<FetchAnswer> => {
    if (down) throw new HubDied('down')
    const url = new URL(request.url)
    const answer = await hub.app.inject({
      method: request.method,
      url: `${url.pathname}${url.search}`,
      headers: request.headers,
      ...(request.body ? { payload: Buffer.from(request.body) } : {}),
    })
    if (down) throw new HubDied('in the request')
    const body = answer.rawPayload
    const headers = answer.headers as Record<string, string>
    return { status: answer.statusCode, url: request.url, headers, body, wireBytes: body.length }
  }
  // One thing after another, so that a run is the same however long each takes.
  let working: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const mine = working.then(act)
    working = mine.catch(() => undefined)
    return mine
  }
  const node: HubNode = {
    onCommit: () => undefined,
    nextCommit: () => (committed ??= new Promise((resolve) => (announce = resolve))),
    get memory() {
      return memory
    },
    get down() {
      return down
    },
    q: (sql, params) => inTurn(() => (options.database ?? memory!).q(sql, params)),
    handle: (request) => inTurn(() => answerTo(request)),
    async quiet() {
      for (let seen: unknown = null; seen !== working; await settleDown()) await (seen = working)
    },
    dieAtCommit(n, when) {
      if (memory) memory.dieAtCommit = { in: n, when }
    },
    restart: () => void (down = false),
    backup() {
      if (memory) copy = memory.handle.serialize()
    },
    restore: () =>
      inTurn(async () => {
        if (!copy || !memory) return false
        await hub.close()
        giveBack(memory)
        memory = memoryDb(copy)
        memory.onCommit = onCommit
        down = false
        hub = await open(true)
        return true
      }),
    code: (agencyId) => inTurn(() => enrolmentCode(hub, agencyId)),
    tidy: () => inTurn(() => (down ? Promise.resolve() : hub.tidy())),
    async close() {
      await hub.close()
      down = true
      if (memory) giveBack(memory)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  return node
}
