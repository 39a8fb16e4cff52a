import { existsSync, readFileSync, rmSync } from 'node:fs'
import { basename } from 'node:path'
import { AppError } from '@shared/ipc/errors.ts'
import type { Recovery } from '@shared/ipc/views.ts'
import { backupsOf } from '../db/backup.ts'
import { setMeta } from '../db/meta.ts'
import { closeDb, openDb, wasUnclean, type DeskDb } from '../db/open.ts'
import { restoreNewest } from '../db/restore.ts'
import type { Host } from '../host.ts'
import { Journal, type JournalReport } from '../outbox/journal.ts'
import { databasePath } from './device-store.ts'
import { writeDurable } from './durable-file.ts'
import { forgetMissingFiles, recoveryOf } from './recovery.ts'
import { salvage } from './salvage.ts'
import { setAside } from './set-aside.ts'

/** Where recovery begins: at the daily copies, or (they did not help) at the hub. */
export type Rung = 'copy' | 'hub'

/** The open database with its journal, and what was needed to get there. */
export interface Work {
  db: DeskDb
  journal: Journal
  /** Reports whose rows the journal changed: their lists have to be projected again. */
  changed: string[]
  recovery: Recovery | null
}

/** Asks the next sign-in to recover; outlasts a crash on the way. */
export function askForRecovery(dataDir: string, rung: Rung): void {
  writeDurable(markPath(dataDir), rung)
}

interface Found {
  db: DeskDb
  rung: Recovery['rung']
  day: string | null
  unclean: boolean
}

/**
 * Opens the database and climbs as far as it must: write-ahead log and journal; newest good copy and journal; or, when
 * a person asked for it, an empty database filled from journal, damaged file and copies, which the hub then completes.
 * Nothing damaged is deleted. Each step may be cut off and is simply taken again. Throws the codes of openDb.
 */
export function openWork(host: Host, key: Uint8Array, device: string): Work {
  const { dataDir } = host
  const found = find(host, key)
  const { db, rung } = found
  try {
    const { journal, report } = Journal.attach(db, { key, device, random: (size) => host.random(size) })
    const salvaged = rung === 'hub' ? salvage(db, key, dataDir, report.gone) : null
    if (salvaged) host.log('salvaged', salvaged)
    if (rung !== 'wal') {
      forgetMissingFiles(db, dataDir)
      // What an older file said of itself is no word about this one.
      setMeta(db, 'full_check', null)
    }
    const recovery = isWorthSaying(found, report)
      ? recoveryOf(db, host, { ...found, report, salvaged: salvaged?.sources !== 0 })
      : null
    if (recovery) setMeta(db, 'recovery', JSON.stringify(recovery))
    rmSync(markPath(dataDir), { force: true })
    logOpening(host, found, report)
    return { db, journal, changed: report.reports, recovery }
  } catch (error) {
    closeDb(db)
    throw error
  }
}

function find(host: Host, key: Uint8Array): Found {
  const { dataDir } = host
  const path = databasePath(dataDir)
  const asked = askedRung(dataDir)
  const unclean = wasUnclean(path)
  if (asked === null) {
    try {
      return { db: openDb({ path, key, create: false, keyProven: true }), rung: 'wal', day: null, unclean }
    } catch (error) {
      const damaged = error instanceof AppError && error.code === 'db_corrupt'
      if (!damaged || backupsOf(path).length === 0) throw error
      host.log('set_aside', { folder: basename(setAside(dataDir, host.now(), false)), why: error.message })
    }
  }
  const restored = asked === 'hub' ? null : restoreNewest(path, key)
  if (restored) return { ...restored, rung: 'copy', unclean }
  // Without a word from a person an empty desk would look like lost work.
  if (asked === null) throw new AppError('db_corrupt', 'no daily copy can be read')
  return { db: openDb({ path, key, create: true, keyProven: true }), rung: 'hub', day: null, unclean }
}

/** A clean start that changed nothing needs no words. */
const isWorthSaying = ({ rung, unclean }: Found, report: JournalReport) =>
  rung !== 'wal' || report.lost > 0 || (unclean && report.redone > 0)

function logOpening(host: Host, { rung, unclean, day }: Found, report: JournalReport): void {
  if (rung === 'wal' && !unclean && report.redone + report.lost + report.torn === 0) return
  const { redone, refused, lost, torn, refilled } = report
  host.log('opened_after_trouble', { rung, unclean, day, redone, refused, lost, torn, refilled })
}

const markPath = (dataDir: string) => `${databasePath(dataDir)}.rebuild`

function askedRung(dataDir: string): Rung | null {
  if (!existsSync(markPath(dataDir))) return null
  return readFileSync(markPath(dataDir), 'utf8') === 'copy' ? 'copy' : 'hub'
}
