/** One desk, or the bare limit beside it, in a process of its own that does as it is told. */
import { setTimeout as sleep } from 'node:timers/promises'
import { openLimit, type Limit } from '../limit.ts'
import { enrolPc, startPc, type Pc } from '../pc.ts'
import { whereTimeGoes } from '../where.ts'
import { costOf, obey, startCost } from './orders.mjs'

/** `engine`: the product's core. `limit`: requests, JSON.parse and rows alone. `inbox`: and the inbox's table. */
export type OursKind = 'engine' | 'limit' | 'inbox'

interface Opening {
  kind: OursKind
  url: string
  folder: string
  token: string
  code: string
  password: string
}

interface Client {
  mirror(): Promise<unknown>
  index(): unknown
  /** Fetches what came meanwhile, until there is nothing to do. */
  settle(): Promise<unknown>
  changes(reports: number): Promise<unknown>
}

/** How many reports on the screen are worth a time, and how often it is looked. */
const FIRST = [20, 50]
const LOOK_MS = 20

let client: Client
let pc: Pc | null = null

function open(opening: Opening): void {
  client = opening.kind === 'engine' ? openEngine(opening) : openBare(opening)
}

function openBare({ url, token, folder, kind }: Opening): Client {
  let limit: Limit | null = null
  return {
    async mirror() {
      limit = openLimit({ url, token }, folder, kind === 'inbox')
      await limit.pull()
      return { rows: limit.reports() }
    },
    index: () => limit!.buildIndex(),
    settle: () => limit!.pull(),
    async changes(reports) {
      const pulled = await limit!.pull()
      // A state and a line of its timeline each.
      if (pulled !== 2 * reports) throw new Error(`${pulled} changes came`)
    },
  }
}

function openEngine(opening: Opening): Client {
  const desk = startPc(opening.folder)
  pc = desk
  return {
    mirror: () => mirrorByEngine(desk, opening),
    index: () => indexed(desk),
    settle: () => settled(desk),
    async changes(reports) {
      const before = entries(desk)
      await desk.call('sync.now', {})
      const came = entries(desk) - before
      if (came !== reports) throw new Error(`${came} changes came`)
    },
  }
}

const has = (desk: Pc, key: string) =>
  desk.core.desk()?.db.get('SELECT 1 FROM meta WHERE key = ?', key) !== undefined
const count = (desk: Pc, rows: string) =>
  desk.core.desk()!.db.get<{ n: number }>(`SELECT count(*) AS n FROM ${rows}`)!.n
const entries = (desk: Pc) => count(desk, `m_rows WHERE kind = 'entry'`)

/** Enrols, signs in, and answers when every row is in the inbox; the time runs from the first exchange. */
async function mirrorByEngine(desk: Pc, { url, code, password }: Opening) {
  let stop: (() => ReturnType<ReturnType<typeof startCost>>) | null = null
  const shown: Record<number, number> = {}
  let started = 0
  desk.onRequest = (request) => {
    if (stop || !request.url.includes('/v1/exchange')) return
    started = performance.now()
    stop = startCost()
    const look = setInterval(() => {
      const rows = count(desk, 'report_current')
      for (const first of FIRST) if (rows >= first) shown[first] ??= (performance.now() - started) / 1000
      if (rows >= FIRST.at(-1)!) clearInterval(look)
    }, LOOK_MS)
  }
  const whole = new Promise<void>((done) => {
    desk.onLog = ({ event }) => {
      if (event === 'exchange' && stop && has(desk, 'mirror_complete')) done()
    }
  })
  await enrolPc(desk, { url, password, code: () => Promise.resolve(code) })
  await whole
  desk.onLog = () => undefined
  return { ...stop!(), rows: count(desk, 'report_current'), shown }
}

async function indexed(desk: Pc): Promise<void> {
  while (has(desk, 'search_from')) await sleep(2)
}

async function settled(desk: Pc): Promise<void> {
  for (let calm = 0; calm < 3;) {
    const { phase, queued } = await desk.call('sync.status', {})
    calm = phase === 'idle' && queued === 0 ? calm + 1 : 0
    await sleep(20)
  }
}

/** Writes and hands in an answer to each report, without a link. */
async function write({ ids, texts }: { ids: string[]; texts: string[] }): Promise<void> {
  pc!.link = false
  for (const [n, body] of texts.entries()) {
    const draft = { draftId: null, reportId: ids[n]!, kind: 'final' as const, body, replyId: null }
    const { id: draftId } = await pc!.call('drafts.save', { ...draft, attachments: [] })
    await pc!.call('replies.submit', { draftId })
  }
}

/** Longest that sending may take, also when the line failed it once. */
const SEND_MS = 120_000

/** Sends what waits; answers when the hub has all of it. */
async function send(): Promise<void> {
  pc!.link = true
  await pc!.call('sync.now', {})
  const given = performance.now() + SEND_MS
  for (;;) {
    const { queued, needsPerson, problem } = await pc!.call('sync.status', {})
    if (needsPerson > 0) throw new Error(`${needsPerson} acts need a person`)
    if (queued === 0) return
    if (performance.now() > given) throw new Error(`${queued} acts wait (${problem})`)
    await sleep(20)
  }
}

/** Waits for the hub's own wake-up to bring `reports` changed reports. */
async function pushed({ reports }: { reports: number }): Promise<void> {
  const before = entries(pc!)
  while (entries(pc!) - before < reports) await sleep(5)
}

obey({
  open,
  mirror: async () => {
    const whole = await costOf(() => client.mirror())
    return { ...whole, ...(whole.value as object) }
  },
  /** A mirror under the sampling profiler; answers where its time went. */
  profile: async () => ({ parts: await whereTimeGoes(async () => void (await client.mirror())) }),
  index: () => costOf(() => client.index()),
  settle: () => costOf(() => client.settle()),
  changes: (reports: number) => costOf(() => client.changes(reports)),
  write,
  send: () => costOf(send),
  pushed: (asked: { reports: number }) => costOf(() => pushed(asked)),
})
