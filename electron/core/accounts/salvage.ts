import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { backupsOf } from '../db/backup.ts'
import { openDamaged } from '../db/open-damaged.ts'
import type { DeskDb, SqlValue } from '../db/open.ts'
import { asideFolders } from './set-aside.ts'

/** What no hub can give back, most precious first. */
const TABLES = [
  'outbox',
  'drafts',
  'letters',
  'audit',
  'attachments',
  'sessions',
  'read_marks',
  'link_log',
] as const

/**
 * Fills a new database with what is still readable of a damaged one, and then of the daily copies: rows already there
 * (from the journal, which is newer than either) are kept, and `gone` names rows that a person or the hub removed since.
 * Answers how many rows came over, and of how many older files at all something could be read. A row that cannot be
 * read is left behind; its file stays.
 */
export function salvage(
  db: DeskDb,
  key: Uint8Array,
  dataDir: string,
  gone: ReadonlySet<string> = new Set(),
): { rows: number; sources: number } {
  const damaged = asideFolders(dataDir)
    .map((folder) => join(folder, 'desk.db'))
    .filter((file) => existsSync(file))
  let rows = 0
  let sources = 0
  for (const path of [...damaged.slice(0, 1), ...backupsOf(db.path)]) {
    const source = openDamaged(path, key)
    if (!source) continue
    for (const table of TABLES) rows += copyTable(source.read(table), db, table, gone)
    const facts = [...source.read('meta')]
    if (facts.length > 0) sources++
    // The anchor shows if entries of the audit chain were lost with the damage.
    copyTable(
      facts.filter((row) => row['key'] === 'audit_anchor'),
      db,
      'meta',
      gone,
    )
    source.close()
  }
  // What the lost mirror had confirmed must show again until the new one has it.
  db.run(`UPDATE outbox SET state = 'queued' WHERE state = 'sending'`)
  return { rows, sources }
}

/** The columns that the journal's names of rows are made of. */
const NAMED_BY: Partial<Record<string, string>> = {
  outbox: 'n',
  drafts: 'id',
  letters: 'id',
  attachments: 'sha256',
  audit: 'n',
}

function copyTable(
  rows: Iterable<Record<string, SqlValue>>,
  db: DeskDb,
  table: string,
  gone: ReadonlySet<string>,
): number {
  const column = NAMED_BY[table]
  let copied = 0
  db.tx(() => {
    for (const row of rows) {
      if (column && gone.has(`${table}/${String(row[column])}`)) continue
      const names = Object.keys(row)
      const sql = `INSERT OR IGNORE INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
      copied += db.run(sql, ...Object.values(row)).changes
    }
  })
  return copied
}
