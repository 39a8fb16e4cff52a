import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { dateAt } from '@shared/domain/days.ts'
import { AppError } from '@shared/ipc/errors.ts'
import { dropWaste } from '../archive/drop-file.ts'
import type { Ballast } from '../db/ballast.ts'
import { backupDaily } from '../db/backup.ts'
import { withStorageErrors } from '../db/errors.ts'
import { getMeta } from '../db/meta.ts'
import type { DeskDb } from '../db/open.ts'
import type { Journal } from '../outbox/journal.ts'
import { refreshClocks } from '../mirror/refresh-clocks.ts'
import { purgeSearch } from '../mirror/search-index.ts'
import type { SyncContext } from './context.ts'
import type { WeeklyCheck } from './full-check.ts'

/** How often an open desk looks after itself. */
const EVERY_MS = 60_000
/** Between two batches of projections, so that a person's click comes first. */
const BREATH_MS = 5
/** Between two slices of the ballast, which is in no hurry. */
const SLICE_MS = 1000
/** While the whole database is being read. */
const READING_MS = 1000

/** What an open desk keeps in order; `onDamage` hears of a database that turned out to be damaged. */
type House = Pick<SyncContext, 'db' | 'host' | 'projection' | 'stale'> & {
  journal?: Journal
  ballast?: Ballast
  weekly?: WeeklyCheck | null
  onDamage?: (error: unknown) => void
}

/** Keeps an open desk tidy: clocks of the new day, the day's copy, what removed reports left behind. Answers a stop. */
export function keepHouse(ctx: House): () => void {
  const { db, host } = ctx
  let cancel = () => {}
  const round = (): void => {
    if (!db.open) return
    try {
      if (refresh(ctx)) return void (cancel = host.after(BREATH_MS, round))
      // A reader holds the write-ahead log: whoever wants it emptied would wait for the reader.
      if (isBeingRead(ctx)) return void (cancel = host.after(READING_MS, round))
      // Words of a report that left the agency leave the journal too.
      if (purgeSearch(db)) ctx.journal?.compact(db)
      ctx.journal?.tidy(db)
      // Before the first mirror there is nothing that the hub could not give again.
      if (getMeta(db, 'mirror_complete') === '1') {
        backup(ctx)
        if (ctx.ballast?.grow()) return void (cancel = host.after(SLICE_MS, round))
      }
    } catch (error) {
      host.log('housekeeping_failed', { error: String(error).slice(0, 200) })
      if (error instanceof AppError && error.code === 'db_corrupt') return ctx.onDamage?.(error)
    }
    cancel = host.after(EVERY_MS, round)
  }
  cancel = host.after(0, round)
  return () => {
    cancel()
    ctx.weekly?.stop()
  }
}

/** Whether the weekly check runs or has just begun. Before the first mirror there is little to read, and much to write. */
const isBeingRead = ({ db, weekly }: House): boolean =>
  getMeta(db, 'mirror_complete') === '1' && weekly?.turn() === true

function refresh({ db, projection, stale }: Pick<SyncContext, 'db' | 'projection' | 'stale'>): boolean {
  const before = db.get<{ n: number }>('SELECT total_changes() AS n')!.n
  const more = refreshClocks(db, projection())
  if (db.get<{ n: number }>('SELECT total_changes() AS n')!.n !== before) stale(['reports'])
  return more
}

function backup({ db, host, projection, journal }: House): void {
  const { now, settings } = projection()
  const made = backupDaily(db, dateAt(now, settings?.calendar.utcOffsetMinutes ?? 540))
  if (!made) return
  host.log('backup_made')
  journal?.compact(db)
}

/**
 * Removes what a crash left behind: ciphertexts without a row (their keys are gone), downloads nobody wants any more, and
 * files that were being written. Answers how many. Only before anything else writes files.
 */
export function sweepFiles(db: DeskDb, dataDir: string): number {
  const folder = join(dataDir, 'lampiran')
  if (!existsSync(folder)) return 0
  dropWaste(db)
  const has = (fact: string, sha256: string) =>
    db.get(`SELECT 1 FROM attachments WHERE sha256 = ? AND ${fact}`, sha256) !== undefined
  const waste = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const [, sha256 = '', what] = /([0-9a-f]{64})(\.unduh|\.part)?$/.exec(name) ?? []
    if (sha256 === '' || what === '.part') return what === '.part'
    return !has(what === '.unduh' ? `state = 'wanted'` : 'file_key IS NOT NULL', sha256)
  })
  for (const name of waste) withStorageErrors(() => rmSync(join(folder, name), { force: true }))
  return waste.length
}
