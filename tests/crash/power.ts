import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Disk, dice, readLog, type DiskOp } from './disk.ts'
import type { Said } from './desk-at-work.ts'
import { Expectation, judge, judgeJournalAlone } from './expectation.ts'
import { crashFolder, runChild } from './shim.ts'

/** What a run of power cuts came to. */
export interface PowerReport {
  cuts: number
  second: number
  journalAlone: number
  acknowledged: number
  /** Cuts after which the database alone was not enough, by rung. */
  rungs: Record<string, number>
  redone: number
  /** Where and why a daily copy was needed. */
  copies: string[]
  wrong: string[]
}

const STEPS = 160
/** First cuts whose recovery is cut again. */
const AGAIN = 30

/** Works, cuts the power at random moments, and looks at what is left; then cuts the recovery too. */
export async function powerRig(
  cuts: number,
  seed: number,
  perDay = 400,
  tell = (_: string) => {},
): Promise<PowerReport> {
  const report: PowerReport = {
    cuts: 0,
    second: 0,
    journalAlone: 0,
    acknowledged: 0,
    rungs: {},
    redone: 0,
    copies: [],
    wrong: [],
  }
  let told = 0
  for (let day = 0; report.cuts < cuts; day++) {
    await oneDay(Math.min(perDay, cuts - report.cuts), seed + day, report)
    tell([`${report.cuts} cuts, ${report.wrong.length} wrong`, ...report.wrong.slice(told)].join('\n'))
    told = report.wrong.length
  }
  return report
}

async function oneDay(cuts: number, seed: number, report: PowerReport): Promise<void> {
  const base = crashFolder()
  try {
    const desk = join(base, 'desk')
    mkdirSync(desk)
    const log = join(base, 'log')
    await runChild(['record', desk, `day ${seed}`, String(STEPS)], { root: desk, log })
    const again = firstCuts(readLog(log), cuts, seed, base, report)
    if (again.length > 0) await secondCuts(again, seed, base, report)
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
}

interface Cut {
  folder: string
  heard: Said[]
}

function firstCuts(ops: DiskOp[], cuts: number, seed: number, base: string, report: PowerReport): Cut[] {
  const random = dice(seed)
  const points = Array.from({ length: cuts }, () => Math.floor(random() * ops.length)).sort((a, b) => a - b)
  const disk = new Disk()
  const heard: Said[] = []
  const again: Cut[] = []
  let at = 0
  points.forEach((point, i) => {
    for (; at <= point; at++) take(ops[at]!, '', disk, heard)
    const folder = join(base, 'cut')
    disk.cut(remade(folder), random)
    const fate = random()
    if (fate < AGAIN / cuts) {
      const kept = join(base, 'again', String(i))
      disk.cut(remade(kept), random)
      again.push({ folder: kept, heard: [...heard] })
    }
    look(folder, heard, report, `seed ${seed} cut ${point}`)
    report.cuts++
    if (fate > 0.9 && hopeOf(heard).acknowledged > 0) {
      report.journalAlone++
      const wrong = judgeJournalAlone(folder, hopeOf(heard))
      report.wrong.push(...wrong.map((words) => `seed ${seed} cut ${point}: ${words}`))
    }
  })
  report.acknowledged += hopeOf(heard).acknowledged
  return again
}

/** The desks of some first cuts are opened, and the power goes again while they recover and work on. */
async function secondCuts(again: Cut[], seed: number, base: string, report: PowerReport): Promise<void> {
  const root = join(base, 'again')
  const disks = new Map(again.map(({ folder }) => [folder, Disk.of(folder)]))
  // A desk nobody was told of may be missing altogether.
  const open = again.filter(({ heard }) => hopeOf(heard).acknowledged > 0)
  if (open.length === 0) return
  const log = join(base, 'log2')
  await runChild(['recover', '', `again ${seed}`], { root, log }, open.map(({ folder }) => folder).join('\n'))
  const ops = readLog(log)
  const random = dice(seed + 0.5)
  for (const { folder, heard } of open) {
    const name = folder.slice(root.length)
    const mine = ops.filter((op) => op.path === name || op.path.startsWith(`${name}/`))
    for (let n = 0; n < 4; n++) {
      const disk = n === 0 ? disks.get(folder)! : null
      if (!disk) break
      const point = Math.floor(random() * mine.length)
      const said = [...heard]
      mine.slice(0, point).forEach((op) => take(op, name, disk, said))
      disk.cut(remade(join(base, 'cut')), random)
      look(join(base, 'cut'), said, report, `seed ${seed} second cut of ${name} at ${point}`)
      report.second++
    }
  }
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

function look(folder: string, heard: Said[], report: PowerReport, where: string): void {
  const { rung, why, redone, wrong } = judge(folder, hopeOf(heard))
  report.rungs[rung] = (report.rungs[rung] ?? 0) + 1
  if (redone > 0) report.redone++
  if (rung === 'copy') report.copies.push(`${where}: ${why}`)
  report.wrong.push(...wrong.map((words) => `${where}: ${words}`))
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
