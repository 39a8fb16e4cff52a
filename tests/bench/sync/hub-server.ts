/** A real hub with the data set, in a process of its own; `obey` says what it can be told. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { uuidv7 } from '@shared/domain/ids.ts'
import type { ReportState } from '@shared/domain/report.ts'
import {
  HUB_CONTENT_TYPE,
  PROTOCOL,
  type EnrolResponse,
  type ExchangeResponse,
} from '@shared/sync/exchange.ts'
import type { Db } from '../../../electron/hub/db/engine.ts'
import { openPglite } from '../../../electron/hub/db/pglite.ts'
import { createHub } from '../../../electron/hub/server.ts'
import { composeBootstrap } from '../../../electron/hub/practice/compose-bootstrap.ts'
import { CLERK, OFFICE } from '../bench-hub.ts'
import { seedKey } from '../seed.ts'
import { CACHE, DATA_VERSION, ROOT, feedReports, isWorkable, nextPriority, WORKED } from './data.ts'
import { fillHub } from './seed-hub.ts'
import { openReplay, type Replay, type ReplayMode } from './replay.ts'
import { obey } from './orders.mjs'

/** Acts of one exchange. */
const ACTS = 100

/** What the hub answers when it is open. */
export interface HubOpened {
  /** The hub itself, and the stand before it that answers from memory. */
  port: number
  replayPort: number
  password: string
}

let replay: Replay
let hubUrl: string
let adminToken: string
let password: string
let worked: string[] = []
let colleague: { deviceToken: string; token: string } | null = null
let next = 0
let turn = 0

async function open({ count, fresh }: { count: number; fresh: boolean }): Promise<HubOpened> {
  const dataDir = join(CACHE, `hub-${count}`)
  const mark = join(dataDir, 'seeded')
  const key = `${seedKey()} ${count} ${DATA_VERSION}`
  const seeded = !fresh && existsSync(mark) && readFileSync(mark, 'utf8') === key
  if (!seeded) rmSync(dataDir, { recursive: true, force: true })
  mkdirSync(dataDir, { recursive: true })
  const { bootstrap, password: everyones } = await composeBootstrap(join(ROOT, 'resources/practice'))
  password = everyones
  let db!: Db
  const hub = await createHub({
    dataDir,
    cacheDir: join(ROOT, '.cache/hub-template'),
    clock: Date.now,
    random: (size) => randomBytes(size),
    practice: true,
    bootstrap,
    openDatabase: async () => (db = await openPglite(join(dataDir, 'db'), join(ROOT, '.cache/hub-template'))),
  })
  adminToken = hub.adminToken
  if (!seeded) {
    if (count >= 20_000) console.log(`  filling a hub with ${count} reports (once; kept in .cache)`)
    await fillHub(db, count, (done) =>
      done % 100_000 === 0 ? console.log(`    ${done} reports`) : undefined,
    )
    writeFileSync(mark, key)
  }
  worked = [...feedReports(count)].flatMap(([, { id, body }]) =>
    isWorkable(body as ReportState) ? [id] : [],
  )
  worked.length = Math.min(worked.length, WORKED)
  hubUrl = await hub.listen(0, '127.0.0.1')
  replay = await openReplay(hubUrl)
  return { port: Number(new URL(hubUrl).port), replayPort: replay.port, password }
}

async function post(path: string, body: unknown, token: string): Promise<unknown> {
  const answer = await fetch(`${hubUrl}/v1/${path}`, {
    method: 'POST',
    headers: { 'content-type': HUB_CONTENT_TYPE, authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

async function code(): Promise<string> {
  return ((await post('admin/enrolment-codes', { agencyId: OFFICE }, adminToken)) as { code: string }).code
}

const device = async () =>
  (await post(
    'enrolments',
    { protocol: PROTOCOL, code: await code(), deviceName: 'PC rekan' },
    '',
  )) as EnrolResponse

async function signIn(): Promise<NonNullable<typeof colleague>> {
  const { deviceToken } = await device()
  const asking = { protocol: PROTOCOL, personId: CLERK, password }
  const { token } = (await post('sessions', asking, deviceToken)) as { token: string }
  return { deviceToken, token }
}

/** A colleague at another PC sets the priority of `count` reports, by the protocol. Answers the reports' ids. */
async function change({ count }: { count: number }): Promise<string[]> {
  if (worked.length < count) throw new Error(`only ${worked.length} reports can be worked on`)
  const { deviceToken, token } = (colleague ??= await signIn())
  const ids = Array.from({ length: count }, () => worked[next++ % worked.length]!)
  turn++
  for (let from = 0; from < count; from += ACTS) {
    const mutations = ids.slice(from, from + ACTS).map((reportId) => ({
      id: uuidv7(Date.now(), randomBytes(10)),
      personId: CLERK,
      reportId,
      // Newer than anything: the colleague has seen it all.
      baseVersion: 1_000_000,
      madeAt: Date.now(),
      v: 1,
      kind: 'report.prioritise',
      payload: { priority: nextPriority(turn % 2 === 0 ? 'low' : 'urgent') },
    }))
    const want = { maxChanges: 0 }
    const request = {
      protocol: PROTOCOL,
      sessions: { [CLERK]: token },
      cursor: null,
      mutations,
      want,
      audit: null,
    }
    const { receipts } = (await post('exchange', request, deviceToken)) as ExchangeResponse
    const refused = receipts.filter((receipt) => receipt.outcome !== 'applied')
    if (refused.length > 0) throw new Error(`the hub refused ${JSON.stringify(refused[0])}`)
  }
  return ids
}

obey({
  open,
  code,
  change,
  worked: () => worked,
  token: async () => (await device()).deviceToken,
  mode: (mode: ReplayMode) => void (replay.mode = mode),
})
