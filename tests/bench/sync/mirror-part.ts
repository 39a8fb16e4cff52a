import { join } from 'node:path'
import { median, printTable, seconds, times } from '../stats.ts'
import { ENTRANTS, OURS, type EntrantName, type ServerKind } from './line-up.ts'
import {
  mustBeWhole,
  serve,
  setMode,
  startClient,
  type Mirrored,
  type Served,
  type Taken,
} from './measure.ts'

/** Reports a colleague changes after the mirror. */
export const CHANGES = 100

/** Larger sets are there for the growth: one round, without teaching the stand before the hub what to answer. */
const ONCE_FROM = 100_000

/** What one entrant's rounds cost. */
export interface Rounds {
  mirror: Mirrored[]
  /** Of ours and of L: the search index afterwards. */
  index: Taken[]
  changes: Taken[]
}

export type Results = Partial<Record<EntrantName, Rounds>>

/** Mirrors `count` reports by every entrant in turn, `wanted` times, and 100 changes after each; prints both tables. */
export async function benchMirrors(
  names: readonly EntrantName[],
  count: number,
  wanted: number,
  work: string,
): Promise<Results> {
  const once = count > ONCE_FROM
  const rounds = once ? 1 : wanted
  const taking = names.filter((name) => count <= ENTRANTS[name].most)
  const servers = new Map<ServerKind, Served>()
  try {
    for (const { server } of taking.map((name) => ENTRANTS[name]))
      if (!servers.has(server)) servers.set(server, await serve(server, count))
    const hub = servers.get('hub')
    if (hub && !once) await remember(hub, taking, count, work)
    const results: Results = {}
    for (let round = 0; round < rounds; round++)
      for (const name of taking) {
        const of = (results[name] ??= { mirror: [], index: [], changes: [] })
        await oneRound(name, servers.get(ENTRANTS[name].server)!, of, count, work)
      }
    printMirrors(results, count, rounds)
    printChanges(results, count, rounds)
    if (hub && results.engine && !once) await printProfile(hub, count, work)
    return results
  } finally {
    for (const { apart } of servers.values()) await apart.end()
  }
}

/** Lets the hub's stand learn every answer, before anything changes; these runs are not counted. */
async function remember(
  hub: Served,
  names: readonly EntrantName[],
  count: number,
  work: string,
): Promise<void> {
  await setMode(hub, 'mirror')
  for (const name of ['limit', 'engine'] as const) {
    if (!names.includes(name)) continue
    const client = await startClient(ENTRANTS[name], hub, join(work, name))
    mustBeWhole(name, await client.do<Mirrored>('mirror'), count)
    await client.end()
  }
}

async function oneRound(
  name: EntrantName,
  served: Served,
  of: Rounds,
  count: number,
  work: string,
): Promise<void> {
  await setMode(served, 'mirror')
  const client = await startClient(ENTRANTS[name], served, join(work, name))
  try {
    const mirror = await client.do<Mirrored>('mirror')
    mustBeWhole(name, mirror, count)
    of.mirror.push(mirror)
    if (served.hub) {
      of.index.push(await client.do('index'))
      // What colleagues of earlier rounds did came after the mirror's beginning; it is no part of this round.
      await setMode(served, 'quiet')
      await client.do('settle')
    }
    await served.apart.do('change', { count: CHANGES })
    of.changes.push(await client.do('changes', CHANGES))
  } finally {
    await client.end()
  }
}

/** Says where the time of one more mirror goes, which is not compared: it is looked at while it runs. */
async function printProfile(hub: Served, count: number, work: string): Promise<void> {
  await setMode(hub, 'mirror')
  const client = await startClient(OURS.engine, hub, join(work, 'profile'))
  const { parts } = await client.do<{ parts: [part: string, s: number][] }>('profile')
  await client.end()
  const all = parts.reduce((sum, [, s]) => sum + s, 0)
  const words = parts
    .filter(([, s]) => s > all / 100)
    .map(([part, s]) => `${part} ${s.toFixed(2)} s (${((s / all) * 100).toFixed(0)} %)`)
  console.log(
    `  where another, sampled mirror of ${count} reports by ours spent its ${all.toFixed(1)} s: ${words.join(', ')}`,
  )
}

/** Median of one number of the rounds. */
export const mid = <T>(taken: readonly T[], of: (one: T) => number): number => median(taken.map(of))

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`

function printMirrors(results: Results, count: number, rounds: number): void {
  const limit = results.limit?.mirror
  const ratio = (taken: Mirrored[], of: (one: Mirrored) => number) =>
    limit ? times(mid(taken, of) / mid(limit, of)) : ''
  const rows = Object.entries(results).map(([name, { mirror }]) => [
    ENTRANTS[name as EntrantName].name,
    seconds(mid(mirror, (one) => one.wall)),
    ratio(mirror, (one) => one.wall),
    (count / mid(mirror, (one) => one.wall)).toFixed(0),
    seconds(mid(mirror, (one) => one.cpu)),
    ratio(mirror, (one) => one.cpu),
    `${mid(mirror, (one) => one.rssMb).toFixed(0)} MB`,
    megabytes(mid(mirror, ({ link }) => link.bytesDown + link.bytesUp)),
    String(mid(mirror, ({ link }) => link.turns)),
  ])
  printTable(
    `full mirror of ${count} reports over loopback, medians of ${rounds} rounds in turn, servers answer from memory${count > ONCE_FROM ? ' (the hub does not)' : ''}`,
    [
      ['', 'wall', '/ L', 'reports/s', 'client CPU', '/ L', 'peak RSS', 'on the line', 'round trips'],
      ...rows,
    ],
  )
}

function printChanges(results: Results, count: number, rounds: number): void {
  const limit = results.limit?.changes
  const rows = Object.entries(results).map(([name, { changes }]) => {
    const wall = mid(changes, (one) => one.wall)
    return [
      ENTRANTS[name as EntrantName].name,
      `${(wall * 1000).toFixed(1)} ms`,
      limit ? times(wall / mid(limit, (one) => one.wall)) : '',
      `${(mid(changes, (one) => one.cpu) * 1000).toFixed(1)} ms`,
      kilobytes(mid(changes, ({ link }) => link.bytesDown + link.bytesUp)),
      String(mid(changes, ({ link }) => link.turns)),
    ]
  })
  printTable(`${CHANGES} changed reports after it, ${count} mirrored, medians of ${rounds}`, [
    ['', 'wall', '/ L', 'client CPU', 'on the line', 'round trips'],
    ...rows,
  ])
}
