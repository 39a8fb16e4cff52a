import { mkdirSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '@shared/ipc/errors.ts'
import { Ballast } from '../../electron/core/db/ballast.ts'
import { closeDb } from '../../electron/core/db/open.ts'
import { sayFetch, sayLetter, sayLook, saySlot } from './file-acts.ts'
import { openDeskAt, sayAct, saySaved, saySettled } from './desk-at-work.ts'
import { Expectation, judge } from './expectation.ts'
import type { DeskAtWork, Said } from './said.ts'

/** What one full disk did to one piece of work. */
export interface FullDisk {
  scenario: string
  how: How
  n: number
  refused: number
  released: boolean
  wrong: string[]
}

/** The n-th write finds no room at all, or room for half of it. */
type How = 'full' | 'short'
type Say = (line: Said) => void
const SCENARIOS: Record<string, (at: DeskAtWork, say: Say) => Promise<void> | void> = {
  acts: (at, say) => sayAct(at, say),
  drafts: (at, say) => saySaved(at, say),
  async exchange(at, say) {
    sayAct(at, say)
    await saySettled(at, say)
  },
  async files(at, say) {
    saySlot(at, say)
    sayLook(at, say)
    await sayFetch(at, say)
    await sayLetter(at, say)
  },
}
const TIMES = 4

/**
 * In each scenario, for every n: the n-th write and all after it find a full disk. Prints one FullDisk a line. Below the
 * shim; `every` tries only each so many n.
 */
export async function workOnFullDisk(base: string, ballast: number, every: number): Promise<void> {
  for (const scenario of Object.keys(SCENARIOS))
    for (const how of ['full', 'short'] as const)
      for (let n = 1; ; n += every) {
        const folder = join(base, `${scenario}-${how}-${n}`)
        mkdirSync(folder)
        const { result, fired } = await tryOnce(folder, scenario, how, n, ballast === 1)
        rmSync(folder, { recursive: true, force: true })
        if (!fired) break
        console.log(JSON.stringify(result))
      }
}

async function tryOnce(folder: string, scenario: string, how: How, n: number, withBallast: boolean) {
  const at = openDeskAt(folder, scenario, { fresh: true })
  let released = false
  if (withBallast) {
    const disk = { ballastBytes: 4096, lowBytes: 0, freeBytes: () => Number.MAX_SAFE_INTEGER }
    const ballast = new Ballast(join(folder, 'desk.ballast'), disk, (size) => at.host.random(size))
    ballast.grow()
    at.desk.db.makeRoom = () => (released = ballast.release())
  }
  const hope = new Expectation()
  const wrong: string[] = []
  let refused = 0
  const say = (line: Said) => {
    if ('ok' in line && line.ok === 'refused') refused++
    hope.hear(line)
  }
  command(`${how}/${n}`)
  for (let i = 0; i < TIMES; i++)
    try {
      await SCENARIOS[scenario]!(at, say)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'disk_full')
        wrong.push(`not disk_full: ${String(error)}`)
      say({ ok: 'refused' })
    }
  const fired = command('fired') === 'EEXIST'
  command('off/0')
  closeDb(at.work.db)
  wrong.push(...judge(folder, hope).wrong)
  // The person was told that nothing was saved, so nothing may turn up later.
  const again = openDeskAt(folder, 'again')
  const made = again.desk.db.get<{ n: number }>('SELECT count(*) AS n FROM outbox')!.n
  if (made !== hope.acts.size) wrong.push(`${made} acts, ${hope.acts.size} acknowledged`)
  closeDb(again.work.db)
  if (withBallast && (scenario === 'acts' || scenario === 'drafts') && refused > 0)
    wrong.push(`${refused} refused in spite of the ballast`)
  return { result: { scenario, how, n, refused, released, wrong } satisfies FullDisk, fired }
}

/** Speaks to the shim; answers the error code it gives back. */
function command(words: string): string {
  try {
    openSync(`/@shim/${words}`, 'r')
    return ''
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : ''
  }
}
