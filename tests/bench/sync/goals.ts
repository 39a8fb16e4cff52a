import { times } from '../stats.ts'
import type { Stage } from './blocking-part.ts'
import type { IdleDay } from './idle-part.ts'
import type { EntrantName } from './line-up.ts'
import type { OursOverLink } from './link-part.ts'
import { mid, type Results } from './mirror-part.ts'

/** Everything a run found; what was not measured is missing. */
export interface Found {
  mirrors: Map<number, Results>
  link?: OursOverLink
  blocking?: Stage[]
  idle?: IdleDay
}

/** A goal, what was measured, and whether that reaches it. */
type Verdict = [goal: string, measured: string, reached: boolean]

/** Best bytes once found for 20 status changes, and for 10 replies, heads included: the yardstick of the goal on both. */
const TUNED_BYTES = 543 + 1063
const RTT_S = 0.6

/** Prints every goal that this run could judge. */
export function printGoals(found: Found): void {
  const verdicts = [...mirrorGoals(found.mirrors), ...growthGoals(found.mirrors)]
  if (found.blocking) verdicts.push(...blockingGoals(found.blocking))
  if (found.link) verdicts.push(...linkGoals(found.link))
  if (found.idle)
    verdicts.push([
      'idle day of 8 h ≤ 150 kB',
      `${(found.idle.bytes / 1000).toFixed(0)} kB`,
      found.idle.bytes <= 150_000,
    ])
  const wide = (column: 0 | 1) => Math.max(...verdicts.map((verdict) => verdict[column].length))
  console.log('\ngoal | measured | reached?')
  for (const [goal, measured, reached] of verdicts)
    console.log(`  ${goal.padEnd(wide(0))}   ${measured.padEnd(wide(1))}   ${reached ? 'yes' : 'NO'}`)
  console.log(`  ${verdicts.filter(([, , reached]) => reached).length} of ${verdicts.length} goals reached`)
}

const mirrorWall = (results: Results, name: EntrantName) =>
  results[name] && mid(results[name].mirror, (one) => one.wall)
const mirrorCpu = (results: Results, name: EntrantName) =>
  results[name] && mid(results[name].mirror, (one) => one.cpu)
const changesWall = (results: Results, name: EntrantName) =>
  results[name] && mid(results[name].changes, (one) => one.wall)
const indexWall = (results: Results, name: EntrantName) =>
  results[name] && mid(results[name].index, (one) => one.wall)

/** How many times faster the core without cipher (and with it) has to be than an engine that does not encrypt. */
const FASTER: readonly [EntrantName, string, number][] = [
  ['watermelon', 'WatermelonDB', 1.8],
  ['couch', 'PouchDB with a zero-cost server', 2.8],
  ['express', 'PouchDB + express', 6],
  ['rx', 'RxDB in memory', 1],
]

function* mirrorGoals(mirrors: Found['mirrors']): Generator<Verdict> {
  for (const [count, results] of mirrors) {
    const at = `${count / 1000} k`
    const ours = mirrorWall(results, 'engine')
    if (ours === undefined) continue
    yield* againstLimits(`${at} mirror, wall ≤ 1.25 × L`, results, mirrorWall)
    yield* againstLimits(`${at} mirror, CPU ≤ 1.25 × L`, results, mirrorCpu)
    yield* ratio(
      `${at} search index afterwards ≤ 1.3 × bare`,
      indexWall(results, 'engine')!,
      indexWall(results, 'limit'),
      1.3,
    )
    const plain = mirrorWall(results, 'plain')
    for (const [name, words, wanted] of FASTER) {
      const theirs = mirrorWall(results, name)
      if (theirs === undefined || plain === undefined) continue
      const measured = `${times(theirs / plain)} (encrypted ${times(theirs / ours)})`
      yield [
        `${at} mirror, without cipher ≥ ${wanted} × as fast as ${words}`,
        measured,
        theirs / plain >= wanted,
      ]
    }
    if (plain) yield* ratio(`${at} cipher ≤ 15 %`, ours, plain, 1.15)
    const changes = changesWall(results, 'engine')!
    yield* ratio(`${at} 100 changes ≤ 1.5 × L`, changes, changesWall(results, 'limit'), 1.5)
    const best = Math.min(
      ...(['watermelon', 'couch', 'express'] as const).map((name) => changesWall(results, name) ?? Infinity),
    )
    if (best < Infinity) yield* ratio(`${at} 100 changes ≤ ½ of the best disk peer`, changes, best, 0.5)
  }
}

/** Ours against L, which has no inbox; what it is against L with one stands beside it. */
function* againstLimits(goal: string, results: Results, of: typeof mirrorWall): Generator<Verdict> {
  const [ours, bare, inbox] = (['engine', 'limit', 'inbox'] as const).map((name) => of(results, name))
  if (ours === undefined || bare === undefined) return
  const beside = inbox === undefined ? '' : ` (${times(ours / inbox)} of L with the inbox table)`
  yield [goal, `${times(ours / bare)}${beside}`, ours / bare <= 1.25]
}

function* growthGoals(mirrors: Found['mirrors']): Generator<Verdict> {
  const sizes = [...mirrors].filter(([, results]) => results.engine)
  const [small] = sizes
  if (!small) return
  for (const [count, results] of sizes) {
    const rssMb = mid(results.engine!.mirror, (one) => one.rssMb)
    if (count === 100_000) yield ['engine RSS ≤ 200 MB at 100 k', `${rssMb.toFixed(0)} MB`, rssMb <= 200]
    if (count === small[0]) continue
    const name = `${small[0] / 1000} k → ${count / 1000} k`
    const linear = count / small[0]
    yield* ratio(
      `${name} mirror, wall ≤ ${linear} ×`,
      mirrorWall(results, 'engine')!,
      mirrorWall(small[1], 'engine'),
      linear,
    )
    yield* ratio(
      `${name} mirror, CPU ≤ ${linear} ×`,
      mirrorCpu(results, 'engine')!,
      mirrorCpu(small[1], 'engine'),
      linear,
    )
    yield* ratio(
      `${name} 100 changes, flat (≤ 1.3 ×)`,
      changesWall(results, 'engine')!,
      changesWall(small[1], 'engine'),
      1.3,
    )
  }
}

function* blockingGoals(rows: readonly Stage[]): Generator<Verdict> {
  for (const { what, late, blocked } of rows.slice(1)) {
    const { max, p99 } = blocked ?? late
    const measured = `max ${max.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms (late ${late.max.toFixed(1)}, ${late.p99.toFixed(1)})`
    yield [`main process never blocked > 8 ms: ${what}`, measured, max <= 8]
  }
}

function* linkGoals({ mirror, together, best, pushed, resumedDown }: OursOverLink): Generator<Verdict> {
  const { link } = mirror
  yield ['bad link, 2,000 reports: 1 request', String(link.turns), link.turns <= 1]
  yield* ratio('bad link, 2,000 reports: ≤ 1.15 × fewest bytes', link.bytesDown, best, 1.15)
  const [first, fifty] = [mirror.shown?.[20] ?? Infinity, mirror.shown?.[50] ?? Infinity]
  yield ['bad link: first 20 reports in ≤ 3 round trips', `${first.toFixed(1)} s`, first <= 3 * RTT_S]
  yield ['bad link: 50 most urgent in ≤ 8 s', `${fifty.toFixed(1)} s`, fifty <= 8]
  const again = resumedDown / link.bytesDown - 1
  yield ['bad link: a reset half-way costs ≤ 15 % again', `${(again * 100).toFixed(0)} %`, again <= 0.15]
  yield [
    'bad link, 20 changes + 10 answers: 1 round trip',
    String(together.link.turns),
    together.link.turns <= 1,
  ]
  const bytes = together.link.bytesUp + together.link.bytesDown
  yield* ratio('bad link, 20 changes + 10 answers: ≤ 1.3 × tuned bytes', bytes, TUNED_BYTES, 1.3)
  yield [
    'bad link, pushed: ≤ 0.8 round trips',
    `${(pushed / RTT_S).toFixed(2)} round trips`,
    pushed <= 0.8 * RTT_S,
  ]
}

/** Nothing when the other side was not measured. */
function* ratio(goal: string, ours: number, against: number | undefined, most: number): Generator<Verdict> {
  if (against !== undefined) yield [goal, times(ours / against), ours / against <= most]
}
