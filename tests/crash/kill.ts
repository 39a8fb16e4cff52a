import { rmSync } from 'node:fs'
import { closeDb, openDb } from '../../electron/core/db/open.ts'
import { join } from 'node:path'
import { CRASH_KEY } from './desk-at-work.ts'
import { dice } from './disk.ts'
import { Expectation, judge } from './expectation.ts'
import { crashFolder, startChild } from './shim.ts'
import type { Said } from './said.ts'

/** What a run of kills came to. */
export interface KillReport {
  kills: number
  /** Kills before the desk was open: during recovery. */
  early: number
  acknowledged: number
  redone: number
  wrong: string[]
}

/** Lives a desk goes through before a new one begins. */
const LIVES = 20
const LONGEST_MS = 350

/** Kills working desks at random moments and looks at what is left each time. */
export async function killRig(kills: number, seed: number, tell = (_: string) => {}): Promise<KillReport> {
  const random = dice(seed)
  const report: KillReport = { kills: 0, early: 0, acknowledged: 0, redone: 0, wrong: [] }
  let told = 0
  while (report.kills < kills) {
    const folder = crashFolder()
    const hope = new Expectation()
    closeDb(openDb({ path: join(folder, 'desk.db'), key: CRASH_KEY, create: true }))
    for (let life = 0; life < LIVES && report.kills < kills; life++) {
      const early = random() < 0.1
      await oneLife(folder, `${seed}/${report.kills}`, early, random() * LONGEST_MS, hope)
      report.kills++
      if (early) report.early++
      const { redone, wrong } = judge(folder, hope, { adopt: true })
      if (redone > 0) report.redone++
      report.wrong.push(...wrong.map((words) => `seed ${seed} kill ${report.kills}: ${words}`))
    }
    report.acknowledged += hope.acknowledged
    rmSync(folder, { recursive: true, force: true })
    const words = `${report.kills} kills, ${report.acknowledged} acknowledged, ${report.wrong.length} wrong`
    tell([words, ...report.wrong.slice(told)].join('\n'))
    told = report.wrong.length
  }
  return report
}

async function oneLife(
  folder: string,
  seed: string,
  early: boolean,
  ms: number,
  hope: Expectation,
): Promise<void> {
  const child = await startChild(['live', folder, seed])
  let said = ''
  let complaint = ''
  const kill = () => void child.kill('SIGKILL')
  if (early) setTimeout(kill, 60 + ms)
  child.stdout.on('data', (chunk: Buffer) => {
    if (!early && said === '') setTimeout(kill, ms)
    said += chunk.toString('utf8')
  })
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString('utf8')))
  return new Promise((done, fail) => {
    child.on('exit', (code, signal) => {
      if (signal !== 'SIGKILL')
        return fail(new Error(`the desk ended by itself (${code}): ${complaint.slice(0, 3000)}`))
      for (const line of said.split('\n').slice(0, -1)) {
        const heard = JSON.parse(line) as Said | 'ready'
        if (heard !== 'ready') hope.hear(heard)
      }
      done()
    })
  })
}
