import { readdirSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { dateAt } from '@shared/domain/days.ts'
import { removeSealed } from '../archive/sealed-files.ts'
import { backupDaily } from '../db/backup.ts'
import { getMeta } from '../db/meta.ts'
import type { DeskDb } from '../db/open.ts'
import type { Host } from '../host.ts'
import type { Projection } from '../mirror/project.ts'
import { refreshClocks } from '../mirror/refresh-clocks.ts'
import { purgeSearch } from '../mirror/search-index.ts'
import type { SyncContext } from './context.ts'

/** How often an open desk looks after itself. */
const EVERY_MS = 60_000
/** Between two batches of projections, so that a person's click comes first. */
const BREATH_MS = 5

/** Keeps an open desk tidy: clocks of the new day, the day's copy, what removed reports left behind. Answers a stop. */
export function keepHouse(ctx: Pick<SyncContext, 'db' | 'host' | 'projection' | 'stale'>): () => void {
  const { db, host } = ctx
  let cancel = () => {}
  const round = (): void => {
    if (!db.open) return
    try {
      if (refresh(ctx)) return void (cancel = host.after(BREATH_MS, round))
      purgeSearch(db)
      // Before the first mirror there is nothing that the hub could not give again.
      if (getMeta(db, 'mirror_complete') === '1') backup(db, host, ctx.projection())
    } catch (error) {
      host.log('housekeeping_failed', { error: String(error).slice(0, 200) })
    }
    cancel = host.after(EVERY_MS, round)
  }
  cancel = host.after(0, round)
  return () => cancel()
}

function refresh({ db, projection, stale }: Pick<SyncContext, 'db' | 'projection' | 'stale'>): boolean {
  const before = db.get<{ n: number }>('SELECT total_changes() AS n')!.n
  const more = refreshClocks(db, projection())
  if (db.get<{ n: number }>('SELECT total_changes() AS n')!.n !== before) stale(['reports'])
  return more
}

function backup(db: DeskDb, host: Host, { now, settings }: Projection): void {
  const made = backupDaily(db, dateAt(now, settings?.calendar.utcOffsetMinutes ?? 540))
  if (made) host.log('backup_made')
}

/** Removes ciphertexts without a row: their keys are gone, so they are waste that a crash left behind. */
export function sweepFiles(db: DeskDb, dataDir: string): number {
  const folder = join(dataDir, 'lampiran')
  if (!existsSync(folder)) return 0
  let swept = 0
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const sha256 = /[0-9a-f]{64}$/.exec(name)?.[0]
    if (!sha256 || db.get('SELECT 1 FROM attachments WHERE sha256 = ? AND file_key IS NOT NULL', sha256))
      continue
    removeSealed(dataDir, sha256)
    swept++
  }
  return swept
}
