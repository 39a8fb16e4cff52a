import { AppError } from '@shared/ipc/errors.ts'
import type { FullCheck } from '@shared/ipc/views.ts'
import type { CheckFile, RunningCheck } from '../db/check-thread.ts'
import { getMeta, setMeta } from '../db/meta.ts'
import type { DeskDb } from '../db/open.ts'
import type { Host } from '../host.ts'

/** How long a good check counts. */
const GOOD_FOR_MS = 7 * 86_400_000
/** An office that has just switched its PC on waits for its list, not for this. */
const SETTLE_MS = 180_000
/** After a check that could not be made, such as for want of memory. */
const AGAIN_MS = 3_600_000

/** What the weekly check works on, and who hears of damage. */
interface Checked {
  db: DeskDb
  host: Pick<Host, 'now' | 'log' | 'stale'>
  /** Reads the open file to its last page. */
  read: () => RunningCheck
  /** Nothing is being exchanged just now. */
  isQuiet: () => boolean
  onDamage: (error: AppError) => void
}

/** The weekly reading of the whole database, also of what no daily work touches. */
export interface WeeklyCheck {
  /** Starts it when it is due and the desk is quiet; true while it runs. */
  turn(): boolean
  /** Gives up what runs; next time it begins anew. */
  stop(): void
}

/**
 * Makes the weekly check. Only its end is recorded, so one that was cut off counts as never made, and one that found
 * damage is due again at once: a database that was recovered, or whose disk erred only once, has to prove itself.
 */
export function weeklyCheck({ db, host, read, isQuiet, onDamage }: Checked): WeeklyCheck {
  let running: RunningCheck | null = null
  let notBefore = host.now() + SETTLE_MS

  const record = (ok: boolean) => {
    const said: FullCheck = { at: host.now(), ok }
    setMeta(db, 'full_check', JSON.stringify(said))
    host.log('full_check', { ok })
    host.stale(['sync'])
  }
  const damaged = (why: string) => {
    try {
      record(false)
    } catch {
      // Where it cannot be written, what follows says it louder.
    }
    onDamage(new AppError('db_corrupt', why))
  }
  const failed = (error: unknown) => {
    if (error instanceof AppError && error.code === 'db_corrupt') return damaged(error.message)
    notBefore = host.now() + AGAIN_MS
    host.log('full_check_failed', { error: String(error).slice(0, 200) })
  }
  const begin = () => {
    const mine = read()
    running = mine
    // Stopped meanwhile: the database is closed, and what was found is found again.
    const over = (act: () => void) => {
      if (running !== mine) return
      running = null
      try {
        act()
      } catch (error) {
        failed(error)
      }
    }
    mine.found.then(
      (found) => over(() => (found === 'ok' ? record(true) : damaged(found))),
      (error: unknown) => over(() => failed(error)),
    )
  }

  return {
    turn() {
      if (!running && host.now() >= notBefore && isDue(db, host.now()) && isQuiet()) begin()
      return running !== null
    },
    stop() {
      running?.stop()
      running = null
    },
  }
}

/** For an open desk of this key, or none where the host has no threads. The key is wiped when it stops. */
export function weeklyCheckOf(
  checkFile: CheckFile | undefined,
  key: Uint8Array,
  checked: Omit<Checked, 'read'>,
): WeeklyCheck | null {
  if (!checkFile) return null
  const check = weeklyCheck({ ...checked, read: () => checkFile(checked.db.path, key) })
  return {
    turn: () => check.turn(),
    stop() {
      check.stop()
      key.fill(0)
    },
  }
}

/** When the whole database was last read and whether all was well; null before the first time. */
export function lastFullCheck(db: DeskDb): FullCheck | null {
  const text = getMeta(db, 'full_check')
  return text === null ? null : (JSON.parse(text) as FullCheck)
}

/** A clock that was set back must not put the check off for years. */
function isDue(db: DeskDb, now: number): boolean {
  const last = lastFullCheck(db)
  return !last?.ok || Math.abs(now - last.at) >= GOOD_FOR_MS
}
