import type { DeskDb } from '../db/open.ts'

/** One exchange as it went; `result` is `ok`, `resync` or an error code. */
export interface LinkEntry {
  at: number
  carrier: string
  result: string
  sent: number
  received: number
  bytesUp: number
  bytesDown: number
  durationMs: number
}

/** Exchanges kept: about a year of an office's work, evidence for late answers. */
const KEPT = 200_000

/** Records an exchange. Tries that fail for the same reason one after another are all kept: their times are the outage. */
export function logLink(db: DeskDb, entry: LinkEntry): void {
  const { lastInsertRowid } = db.run(
    `INSERT INTO link_log (at, carrier, result, sent, received, bytes_up, bytes_down, duration_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    entry.at,
    entry.carrier,
    entry.result,
    entry.sent,
    entry.received,
    entry.bytesUp,
    entry.bytesDown,
    entry.durationMs,
  )
  db.run('DELETE FROM link_log WHERE id <= ?', Number(lastInsertRowid) - KEPT)
}
