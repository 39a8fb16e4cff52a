import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Disk, dice, readLog, type DiskOp } from './disk.ts'
import { damage, type Left } from './damage.ts'
import { Expectation, judge, judgeJournalAlone } from './expectation.ts'
import { finishDay } from './finish-day.ts'
import { beLater } from './next-schema.ts'
import { crashFolder, runChild } from './shim.ts'
import type { Said } from './said.ts'

/** What a run of power cuts came to. */
export interface PowerReport {
  /** All cuts, and how many of them came during what. */
  cuts: number
  during: Record<During, number>
  journalAlone: number
  /** Cuts after which the day went on until nothing waited any more. */
  finished: number
  /** Acknowledgements, and how often one was looked for after a cut. */
  acknowledged: number
  checked: number
  /** What opening came to, by rung. */
  rungs: Record<string, number>
  redone: number
  /** Where and why a daily copy was needed though nothing but the power had failed. */
  copies: string[]
  wrong: string[]
}

/** `work`: a working day; `mirror`: a first mirror in pages; the rest: the start after a first cut. */
export type During = 'work' | 'mirror' | 'recovery' | 'migration' | 'restore'

interface Day {
  seed: number
  kind: 'work' | 'mirror'
  base: string
  report: PowerReport
}

/** Acts of a working day, and those after the pages of a first mirror. */
const STEPS = { work: 160, mirror: 8 }
/** First cuts of a day whose recovery is cut again, how often each, and acts after it. */
const AGAIN = 24
const AGAIN_CUTS = 5
const AGAIN_STEPS = 3
/** Of so many cuts one is followed by the rest of the day. */
const FINISHED = { work: 8, mirror: 20 }

/** Works, cuts the power at random moments, and looks at what is left; then cuts what the next start does, too. */
export async function powerRig(
  cuts: number,
  seed: number,
  perDay = 400,
  tell = (_: string) => {},
): Promise<PowerReport> {
  const report: PowerReport = {
    cuts: 0,
    during: { work: 0, mirror: 0, recovery: 0, migration: 0, restore: 0 },
    journalAlone: 0,
    finished: 0,
    acknowledged: 0,
    checked: 0,
    rungs: {},
    redone: 0,
    copies: [],
    wrong: [],
  }
  let told = 0
  for (let day = 0; report.cuts < cuts; day++) {
    const kind = day % 4 === 1 ? 'mirror' : 'work'
    const before = report.cuts
    try {
      await oneDay(
        { seed: seed + day, kind, base: crashFolder(), report },
        Math.min(perDay, cuts - report.cuts),
      )
    } catch (error) {
      // A desk that cannot even be opened again ends its day; the report has to come all the same.
      report.wrong.push(`seed ${seed + day} ${kind}: ${String(error).slice(0, 600)}`)
    }
    tell([`${report.cuts} cuts, ${report.wrong.length} wrong`, ...report.wrong.slice(told)].join('\n'))
    told = report.wrong.length
    if (report.cuts === before) break
  }
  return report
}

async function oneDay(day: Day, cuts: number): Promise<void> {
  const { base, seed, kind } = day
  try {
    const desk = join(base, 'desk')
    mkdirSync(desk)
    const log = join(base, 'log')
    const task = kind === 'work' ? 'record' : 'mirror'
    await runChild([task, desk, `day ${seed}`, String(STEPS[kind])], { root: desk, log })
    const again = await firstCuts(day, readLog(log), cuts)
    if (again.length > 0) await secondCuts(day, again)
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
}

/** What a first cut left, before the start that is cut as well. */
interface Cut {
  folder: string
  heard: Said[]
  during: 'recovery' | 'migration' | 'restore'
  left: Left | 'all'
}

async function firstCuts(day: Day, ops: DiskOp[], cuts: number): Promise<Cut[]> {
  const { base, kind, report, seed } = day
  const random = dice(seed)
  const points = cutPoints(ops, cuts, random)
  const disk = new Disk()
  const heard: Said[] = []
  const again: Cut[] = []
  let at = 0
  for (const [i, point] of points.entries()) {
    for (; at <= point; at++) take(ops[at]!, '', disk, heard)
    const folder = join(base, 'cut')
    disk.cut(remade(folder), random)
    const fate = random()
    // A desk nobody was told of may be missing altogether.
    if (fate < AGAIN / cuts && hopeOf(heard).acknowledged > 0) {
      const kept = join(base, 'again', String(i))
      disk.cut(remade(kept), random)
      const during = (['recovery', 'migration', 'restore', 'restore'] as const)[again.length % 4]!
      again.push({ folder: kept, heard: [...heard], during, left: 'all' })
    }
    const where = `seed ${seed} ${kind} cut ${point}`
    const finished = await look(day, folder, heard, where, { during: kind, left: 'all' }, random)
    if (fate > 0.9 && !finished && hopeOf(heard).acknowledged > 0) {
      report.journalAlone++
      const wrong = judgeJournalAlone(folder, hopeOf(heard))
      report.wrong.push(...wrong.map((words) => `${where}: ${words}`))
    }
  }
  report.acknowledged += hopeOf(heard).acknowledged
  return again
}

/**
 * The desks of some first cuts are opened, by today's release, by a later one that migrates, or with a database that
 * the cut is said to have ruined; and the power goes again while they recover and work on.
 */
async function secondCuts(day: Day, again: Cut[]): Promise<void> {
  const { base, kind, seed } = day
  const root = join(base, 'again')
  const random = dice(seed + 0.5)
  for (const one of again) if (one.during === 'restore') one.left = damage(one.folder, random)
  const disks = new Map(again.map(({ folder }) => [folder, Disk.of(folder)]))
  const log = join(base, 'log2')
  const how = { recovery: 'now', migration: 'later', restore: 'now' }
  const many = kind === 'mirror' ? 'many' : 'few'
  const orders = again.map(({ folder, during }) => `${how[during]} ${many} ${folder}`).join('\n')
  await runChild(['recover', '', `again ${seed}`, String(AGAIN_STEPS)], { root, log }, orders)
  const ops = readLog(log)
  for (const { folder, heard, during, left } of again) {
    const name = folder.slice(root.length)
    const mine = ops.filter((op) => op.path === name || op.path.startsWith(`${name}/`))
    const points = cutPoints(mine, AGAIN_CUTS, random)
    const disk = disks.get(folder)!
    let at = 0
    for (const point of points) {
      for (; at <= point; at++) take(mine[at]!, name, disk, heard)
      disk.cut(remade(join(base, 'cut')), random)
      const where = `seed ${seed} ${kind} ${during} of ${name} cut ${point}`
      await look(day, join(base, 'cut'), heard, where, { during, left }, random)
    }
  }
}

/** Random moments in order; half of them just before a flush, where most hangs in the air, and half of those of a photo or PDF. */
function cutPoints(ops: readonly DiskOp[], cuts: number, random: () => number): number[] {
  const points = Array.from({ length: cuts }, () => {
    const point = Math.floor(random() * ops.length)
    const where = random()
    if (where < 0.5) return point
    const wanted = where < 0.75 ? '' : 'lampiran'
    const flush = ops.findIndex(({ op, path }, i) => i > point && op === 'S' && path.includes(wanted))
    return flush < 0 ? point : flush - 1
  })
  return points.sort((a, b) => a - b)
}

/** A line the desk said counts from the moment it was written; every other write goes to the disk. */
function take(op: DiskOp, below: string, disk: Disk, heard: Said[]): void {
  const path = op.path.slice(below.length)
  if (!path.endsWith('/ACKS'))
    return disk.apply({
      ...op,
      path,
      data: op.op === 'R' ? op.data.subarray(Buffer.byteLength(below)) : op.data,
    })
  if (op.op === 'W') heard.push(JSON.parse(op.data.toString('utf8')) as Said)
}

/** Opens what a cut left, and now and then goes on to the end of the day (answered as true). */
async function look(
  { kind, report }: Day,
  folder: string,
  heard: Said[],
  where: string,
  { during, left }: { during: During; left: Left | 'all' },
  random: () => number,
): Promise<boolean> {
  const hope = hopeOf(heard)
  report.cuts++
  report.during[during]++
  report.checked += hope.acknowledged
  beLater(during === 'migration')
  try {
    const { rung, why, redone, wrong } = judge(folder, hope, { left })
    report.rungs[rung] = (report.rungs[rung] ?? 0) + 1
    if (redone > 0) report.redone++
    if (rung === 'copy' && during !== 'restore') report.copies.push(`${where}: ${why}`)
    // A download that was cut off is always taken to its end: a torn piece shows only there.
    const finished = rung !== 'none' && (hope.tried('fetch') || random() < 1 / FINISHED[kind])
    if (finished) {
      report.finished++
      wrong.push(...(await finishDay(folder, hope)))
    }
    report.wrong.push(...wrong.map((words) => `${where}: ${words}`))
    return finished
  } finally {
    beLater(false)
  }
}

function hopeOf(heard: Said[]): Expectation {
  const hope = new Expectation()
  for (const line of heard) hope.hear(line)
  return hope
}

function remade(folder: string): string {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return folder
}
