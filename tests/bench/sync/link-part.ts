import { join } from 'node:path'
import { OPEN_LINE, REMOTE_OFFICE } from '../../link/slow-link.ts'
import { printTable, seconds } from '../stats.ts'
import { bestBytes } from './best-bytes.ts'
import { answerText, feedReports } from './data.ts'
import { OURS, PEERS, type Entrant } from './line-up.ts'
import {
  mustBeWhole,
  serve,
  setMode,
  startClient,
  type Client,
  type Mirrored,
  type Served,
  type Taken,
} from './measure.ts'

const REPORTS = 2000
const CHANGES = 20
const ANSWERS = 10

/** What an engine did over the bad link. */
interface OverLink {
  name: string
  mirror: Mirrored
  changes: Taken
  replies: Taken
}

/** What ours did there besides. */
export interface OursOverLink extends OverLink {
  /** 20 changes come and 10 answers go in one go. */
  together: Taken
  /** Seconds from the colleague's commit until 20 changes are here, while the desk waits at the hub. */
  pushed: number
  pushedLink: Taken['link']
  /** Fewest bytes known for the 2,000 reports. */
  best: number
  /** Bytes down of a mirror whose connection was reset half-way. */
  resumedDown: number
}

type OnLink = Entrant & { gzip: boolean }

const ON_LINK: readonly OnLink[] = [
  { ...PEERS.rx, name: 'RxDB, batch 100, gzip added by hand', opening: { batch: 100 }, gzip: true },
  { ...PEERS.rx, name: 'RxDB as its HTTP example, batch 100', opening: { batch: 100 }, gzip: false },
  { ...PEERS.watermelon, name: 'WatermelonDB', gzip: false },
  { ...PEERS.express, name: 'PouchDB ← express-pouchdb (gzip)', gzip: false },
  { ...PEERS.couch, name: 'PouchDB ← CouchDB protocol', opening: { batch: 100 }, gzip: false },
]

/** Everything over 256 kbit/s, 600 ms, with stalls: ours alone, then the others beside each other, each on its own line. */
export async function benchLink(work: string, withPeers: boolean): Promise<OursOverLink> {
  const ours = await oursOverLink(work)
  const others = withPeers
    ? await Promise.all(ON_LINK.map((entrant, i) => peerOverLink(entrant, join(work, `link-${i}`))))
    : []
  print(ours, others)
  return ours
}

async function oursOverLink(work: string): Promise<OursOverLink> {
  const served = await serve('hub', REPORTS)
  try {
    await setMode(served, 'quiet')
    const client = await startClient(OURS.engine, served, join(work, 'link'), REMOTE_OFFICE)
    const measured = await measure(client, served, 'ours')
    await served.apart.do('change', { count: CHANGES })
    await client.do('write', await answers(served, ANSWERS))
    const together = await client.do('send')
    const push = await pushedTo(client, served)
    await client.end()
    const best = bestBytes([...feedReports(REPORTS)].flat())
    const resumedDown = await cutHalfWay(served, measured.mirror.link.bytesDown, work)
    return { name: 'ours (encrypted)', ...measured, together, ...push, best, resumedDown }
  } finally {
    await served.apart.end()
  }
}

/** The desk waits at the hub; a colleague commits; how long until it is here. */
async function pushedTo(
  client: Client,
  served: Served,
): Promise<Pick<OursOverLink, 'pushed' | 'pushedLink'>> {
  await setMode(served, 'through')
  await client.do('changes', 0)
  // The wake-up's request has to arrive at the hub first.
  await new Promise((done) => setTimeout(done, 3000))
  client.line.count(true)
  const arriving = client
    .do<Taken>('pushed', { reports: CHANGES })
    .then((taken) => ({ taken, at: performance.now() }))
  await served.apart.do('change', { count: CHANGES })
  const committed = performance.now()
  const { taken, at } = await arriving
  return { pushed: (at - committed) / 1000, pushedLink: taken.link }
}

/** A mirror whose connection is reset when half of its bytes have come. Answers all bytes that came. */
async function cutHalfWay(served: Served, bytes: number, work: string): Promise<number> {
  await setMode(served, 'quiet')
  const quality = { ...OPEN_LINE, bytesPerSecond: REMOTE_OFFICE.bytesPerSecond * 4, rttMs: 100 }
  const client = await startClient(OURS.engine, served, join(work, 'cut'), quality)
  client.line.cutAfter('down', Math.round(bytes / 2))
  const mirror = await client.do<Mirrored>('mirror')
  mustBeWhole('ours after a reset', mirror, REPORTS)
  await client.end()
  return mirror.link.bytesDown
}

async function peerOverLink(entrant: OnLink, folder: string): Promise<OverLink> {
  const served = await serve(entrant.server, REPORTS, entrant.gzip)
  try {
    const client = await startClient(entrant, served, folder, REMOTE_OFFICE)
    const measured = await measure(client, served, entrant.name)
    await client.end()
    return { name: entrant.name, ...measured }
  } finally {
    await served.apart.end()
  }
}

async function measure(client: Client, served: Served, name: string): Promise<Omit<OverLink, 'name'>> {
  const mirror = await client.do<Mirrored>('mirror')
  mustBeWhole(name, mirror, REPORTS)
  if (served.hub) await client.do('settle')
  await served.apart.do('change', { count: CHANGES })
  const changes = await client.do('changes', CHANGES)
  await client.do('write', await answers(served))
  const replies = await client.do('send', ANSWERS)
  return { mirror, changes, replies }
}

/** Answers to ten reports, from the `skip`th on. */
async function answers(served: Served, skip = 0): Promise<{ ids: string[]; texts: string[] }> {
  const ids = (await served.apart.do<string[]>('worked')).slice(skip, skip + ANSWERS)
  return { ids, texts: ids.map((_, n) => answerText(skip + n)) }
}

function print(ours: OursOverLink, others: readonly OverLink[]): void {
  const cells = ({ wall, link }: Taken) =>
    `${seconds(wall)} / ${kilo(link.bytesDown)} / ${kilo(link.bytesUp)} / ${link.turns}`
  printTable(
    `bad link: 256 kbit/s each way, 600 ms, every fiftieth packet stands 600 ms (time / down / up / round trips)`,
    [
      ['', `first ${REPORTS} reports`, `${CHANGES} changed reports`, `${ANSWERS} answers`],
      ...[ours, ...others].map((one) => [
        one.name,
        cells(one.mirror),
        cells(one.changes),
        cells(one.replies),
      ]),
    ],
  )
  const { together, pushedLink, mirror, best } = ours
  console.log(
    [
      `  ours, ${CHANGES} changes and ${ANSWERS} answers in one go: ${cells(together)}`,
      `  ours, ${CHANGES} changes while it waits at the hub: ${seconds(ours.pushed)} after the commit, ${kilo(pushedLink.bytesDown)} down, ${kilo(pushedLink.bytesUp)} up`,
      `  ours, first 20 reports after ${seconds(mirror.shown?.[20] ?? NaN)}, 50 most urgent after ${seconds(mirror.shown?.[50] ?? NaN)}`,
      `  fewest bytes known for the ${REPORTS} reports (columns, brotli 11 or zstd 19): ${kilo(best)}; ours came with ${(mirror.link.bytesDown / best).toFixed(2)} × that`,
      `  ours, connection reset half-way: ${kilo(ours.resumedDown)} down in all instead of ${kilo(mirror.link.bytesDown)}`,
    ].join('\n'),
  )
}

const kilo = (bytes: number) => (bytes < 10_000 ? `${bytes} B` : `${(bytes / 1000).toFixed(0)} kB`)
