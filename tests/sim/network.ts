import { HUB_CONTENT_TYPE } from '@shared/sync/exchange.ts'
import { FetchError, type FetchAnswer, type FetchRequest } from '../../electron/core/host.ts'
import { requestJson } from '../fakes/request-body.ts'
import { HubDied } from './hub-database.ts'
import { watchAnswer } from './watch-answer.ts'
import { watchOrder, watchReceipts, type SentAct } from './watch-order.ts'
import type { DeskNode, Life, Link, World } from './world.ts'

/** How long a hub holds a wake-up. */
const WAKE_MS = 600_000
/** Answers that a link may deliver once more. */
const KEPT_ANSWERS = 4
/** Short: what desks do at a dead hub is what they do on a dead link. */
const HUB_REBOOT_MS = 6_000

/** A link with this world's faults. Decisions depend on the desk and the number of the request alone. */
export function createLink(world: World, desk: DeskNode): Link {
  let requests = 0
  /** The last few answers by path, to be delivered again too late. */
  const earlier = new Map<string, FetchAnswer[]>()

  const send = async (life: Life, request: FetchRequest): Promise<FetchAnswer> => {
    const { timeline, faults } = world
    const n = ++requests
    const draw = world.draw(`net/${desk.name}/${n}`)
    const path = new URL(request.url).pathname
    const wait = (ms: number) => new Promise<void>((done) => timeline.after(ms, done))
    const fail = async (kind: 'timeout' | 'unreachable', ms: number, why: string): Promise<never> => {
      note(why)
      await wait(ms)
      throw new FetchError(kind, why)
    }
    const note = (what: string) => {
      world.count(`net.${what}`)
      world.trace(`net ${desk.name} #${n} ${path} ${what}`)
    }
    const hit = (rate: number) => draw.chance(rate)
    watchOrder(world, desk, life, actsIn(request))
    if (timeline.now() < link.downUntil) return fail('unreachable', 200, 'down')
    if (hit(faults.html)) {
      await wait(300)
      note('html')
      return page(request, 200, request.url, '<html>Silakan masuk</html>')
    }
    if (hit(faults.redirect)) {
      await wait(300)
      note('redirect')
      return page(request, 302, 'https://portal.example/login', '')
    }
    if (hit(faults.loseRequest)) return fail('timeout', request.timeoutMs, 'request lost')
    await wait(delay(draw.next(), hit(faults.slow)))
    if (path === '/v1/wake') return hear(life, request)
    if (hit(faults.duplicate)) {
      note('duplicated')
      timeline.after(draw.below(90_000), () => deliver(request).then(() => undefined, ignore))
    }
    let answer: FetchAnswer
    if (hit(faults.hubDies)) {
      const when = draw.chance(0.5) ? 'before' : 'after'
      world.hub.dieAtCommit(1 + draw.below(4), when)
      note(`hub dies ${when} commit`)
    }
    try {
      answer = await deliver(request)
    } catch (error) {
      if (!(error instanceof HubDied)) throw error
      return fail('unreachable', 100, 'hub is down')
    }
    if (hit(faults.loseAnswer)) return fail('timeout', request.timeoutMs, 'answer lost')
    await wait(delay(draw.next(), hit(faults.slow)))
    if (timeline.now() < link.downUntil) return fail('unreachable', 200, 'down before the answer')
    if (hit(faults.serverError)) {
      note('proxy error')
      return page(request, 502, request.url, '<html>Bad Gateway</html>')
    }
    if (hit(faults.truncate)) {
      note('truncated')
      return { ...answer, body: answer.body.subarray(0, draw.below(answer.body.length)) }
    }
    const before = earlier.get(path) ?? []
    if (answer.status < 300) earlier.set(path, [...before, answer].slice(-KEPT_ANSWERS))
    if (before.length > 0 && hit(faults.stale)) {
      const old = draw.pick(before)
      note('stale answer')
      watchAnswer(world, desk, request, old, 'received')
      return old
    }
    watchAnswer(world, desk, request, answer, 'received')
    return answer
  }

  /** The hub works on a request, whoever still listens. */
  const deliver = async (request: FetchRequest): Promise<FetchAnswer> => {
    const { hub } = world
    const before = hub.down
    try {
      const answer = await hub.handle(smallPages(request, world.page))
      const response = watchAnswer(world, desk, request, answer, 'sent')
      if (response) watchReceipts(world, actsIn(request), response)
      return answer
    } catch (error) {
      if (error instanceof HubDied && !before) {
        world.count('hub died')
        world.timeline.after(HUB_REBOOT_MS, () => hub.restart())
      }
      throw error
    }
  }

  /** The long poll: answered when the agency's feed has grown, without asking the hub's real timers. */
  const hear = async (life: Life, request: FetchRequest): Promise<FetchAnswer> => {
    const { timeline } = world
    const cursor = new URL(request.url).searchParams.get('cursor') ?? ''
    const [epoch, seq] = cursor.split('.').map(Number)
    const until = timeline.now() + WAKE_MS
    for (;;) {
      if (life.dead) return new Promise(() => undefined)
      if (timeline.now() < link.downUntil || world.hub.down) throw new FetchError('unreachable', 'poll cut')
      const grown = await headOf(world, desk.record.device.agencyId)
      const changed = grown.head > seq! || grown.epoch !== epoch
      if (changed || timeline.now() >= until || life.closed) return hubAnswer(request, { changed })
      await Promise.race([world.hub.nextCommit(), new Promise<void>((done) => timeline.after(120_000, done))])
      await new Promise<void>((done) => timeline.after(10_000, done))
    }
  }

  const link: Link = { downUntil: 0, fetch: send }
  return link
}

/** As if the hub sent pages of at most `max` changes: a run is too short to fill real ones. */
function smallPages(request: FetchRequest, max: number): FetchRequest {
  const asked = exchangeIn(request)
  if (!asked) return request
  const { 'content-encoding': _, ...headers } = request.headers
  const want = { ...asked.want, maxChanges: Math.min(max, asked.want.maxChanges) }
  return { ...request, headers, body: Buffer.from(JSON.stringify({ ...asked, want })) }
}

interface Asked {
  want: { maxChanges: number }
  mutations: SentAct[]
}
const read = new WeakMap<FetchRequest, Asked>()

function exchangeIn(request: FetchRequest): Asked | null {
  if (!request.url.endsWith('/v1/exchange') || !request.body) return null
  let asked = read.get(request)
  if (!asked) read.set(request, (asked = requestJson<Asked>(request)))
  return asked
}

const actsIn = (request: FetchRequest): readonly SentAct[] => exchangeIn(request)?.mutations ?? []

async function headOf({ hub }: World, agencyId: string): Promise<{ head: number; epoch: number }> {
  const [row] = await hub.q<{ head: number; epoch: string }>(
    `select head, (select value from meta where key = 'epoch') as epoch from agency_feed where agency_id = $1`,
    [agencyId],
  )
  return { head: row!.head, epoch: Number(row!.epoch) }
}

const delay = (share: number, slow: boolean): number => Math.round(share * (slow ? 40_000 : 1_500)) + 20

const ignore = (error: unknown): void => {
  if (!(error instanceof HubDied)) throw error
}

const page = (request: FetchRequest, status: number, url: string, html: string): FetchAnswer => ({
  status,
  url: url || request.url,
  headers: { 'content-type': 'text/html' },
  body: Buffer.from(html),
  wireBytes: html.length,
})

const hubAnswer = (request: FetchRequest, value: unknown): FetchAnswer => {
  const body = Buffer.from(JSON.stringify(value))
  return {
    status: 200,
    url: request.url,
    headers: { 'content-type': HUB_CONTENT_TYPE },
    body,
    wireBytes: body.length,
  }
}
