import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Recovery } from '@shared/ipc/views.ts'
import { readAttachment } from '../archive/read-file.ts'
import { sealedPath } from '../archive/sealed-files.ts'
import { verifyAudit, type Anchor } from '../audit/chain.ts'
import { getMeta, setMeta } from '../db/meta.ts'
import type { DeskDb } from '../db/open.ts'
import type { Desk } from '../desk.ts'
import type { Host } from '../host.ts'
import { isNeeded } from '../mirror/attachment-refs.ts'
import type { JournalReport } from '../outbox/journal.ts'
import { asideFolders } from './set-aside.ts'

/** Numbers of reports that are named; a longer list helps nobody. */
const NAMED = 20

/** How the database came to be what it is. */
interface Climbed {
  rung: Recovery['rung']
  day: string | null
  report: JournalReport
  /** Something older than the journal could be read. */
  salvaged: boolean
}

/** What stands in the database now, counted from it and not from what recovery believes to have done. */
export function recoveryOf(
  db: DeskDb,
  host: Pick<Host, 'dataDir' | 'now'>,
  { rung, day, report, salvaged }: Climbed,
): Recovery {
  const count = (sql: string) => db.get<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`)!.n
  const anchor = JSON.parse(getMeta(db, 'audit_anchor') ?? 'null') as Anchor | null
  const aside = asideFolders(host.dataDir).find((folder) => existsSync(join(folder, 'desk.db')))
  return {
    at: host.now(),
    rung,
    copyDay: day,
    acts: count(`outbox WHERE state NOT IN ('applied', 'discarded')`),
    drafts: count('drafts WHERE submitted = 0'),
    letters: count(`letters WHERE state IN ('draft', 'waiting_number', 'issued')`),
    redone: report.redone,
    lost: report.lost + report.refused,
    journal: !report.refilled,
    missingFiles: missingFiles(db, host),
    salvaged,
    auditIntact: verifyAudit(db, anchor && anchor.count > 0 ? anchor : null).intact,
    reports: namesOf(db),
    folder: rung === 'wal' || !aside ? null : basename(aside),
  }
}

/** Files the hub does not have, that unsent work names and this disk does not give any more. */
function missingFiles(db: DeskDb, host: Pick<Host, 'dataDir'>): number {
  const waiting = db.all<{ sha256: string }>(`SELECT sha256 FROM attachments WHERE state = 'to_upload'`)
  return waiting.filter(({ sha256 }) => isNeeded(db, sha256) && !readAttachment({ db, host }, sha256)).length
}

/** Numbers of the reports that unsent acts and drafts are about, where this desk still knows them. */
function namesOf(db: DeskDb): string[] {
  return db
    .all<{ number: string }>(
      `SELECT DISTINCT number FROM (
         SELECT report_number AS number FROM drafts WHERE submitted = 0
         UNION ALL SELECT c.number FROM outbox o JOIN report_current c ON c.id = o.report_id
           WHERE o.state NOT IN ('applied', 'discarded'))
       WHERE number <> '' ORDER BY number LIMIT ?`,
      NAMED,
    )
    .map((row) => row.number)
}

/** The report nobody has acknowledged yet, or null. */
export function unseenRecovery(db: DeskDb): Recovery | null {
  const text = getMeta(db, 'recovery')
  const parsed = Recovery.safeParse(text === null ? null : JSON.parse(text))
  return parsed.success ? parsed.data : null
}

/** A person has read it. */
export function recoverySeen(open: { desk: Pick<Desk, 'db' | 'stale'>; unseen: Recovery | null }): void {
  setMeta(open.desk.db, 'recovery', null)
  Object.assign(open, { unseen: null })
  open.desk.stale(['app'])
}

/** An older copy names files that have gone since: those the hub has are fetched again. */
export function forgetMissingFiles(db: DeskDb, dataDir: string): void {
  const kept = db.all<{ sha256: string }>(
    `SELECT sha256 FROM attachments WHERE state = 'here' AND EXISTS
       (SELECT 1 FROM attachment_refs r WHERE r.sha256 = attachments.sha256)`,
  )
  const gone = kept.filter(({ sha256 }) => !existsSync(sealedPath(dataDir, sha256)))
  db.tx(() => {
    for (const { sha256 } of gone)
      db.run(`UPDATE attachments SET state = 'wanted', file_key = NULL WHERE sha256 = ?`, sha256)
  })
}
