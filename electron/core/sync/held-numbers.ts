import type { ExchangeRequest, ExchangeResponse, HeldNumbers } from '@shared/sync/exchange.ts'
import { getMeta, setMeta } from '../db/meta.ts'
import type { DeskDb } from '../db/open.ts'
import { mirroredRows } from '../mirror/rows.ts'

/** Leases told at once; far more than an office gets between two backups. */
const MOST_LEASES = 500

// A number this PC has put on paper counts even if the feed has not brought its letter back.
const HIGHEST = `
SELECT registerId, year, max(n) AS n FROM (
  SELECT register_id AS registerId, year, n FROM letters WHERE n IS NOT NULL
  UNION ALL SELECT body ->> '$.registerId', body ->> '$.year', body ->> '$.n' FROM m_rows WHERE kind = 'letter'
  UNION ALL SELECT body ->> '$.registerId', body ->> '$.year', body ->> '$.to' FROM m_rows WHERE kind = 'lease')
GROUP BY registerId, year ORDER BY year DESC, registerId LIMIT 500`

/** Whether the hub of this epoch may not know what this PC holds of the registers. */
export const isToTell = (db: DeskDb): boolean => getMeta(db, 'told_epoch') === null

/** What this PC knows of the office's registers: every lease, and the highest number lent or used (LETT-01). */
export function heldNumbers(db: DeskDb): HeldNumbers {
  const leases = mirroredRows(db, 'lease').sort((a, b) => b.expiresAt - a.expiresAt)
  return { leases: leases.slice(0, MOST_LEASES), highest: db.all(HIGHEST) }
}

/**
 * Notes which hub has heard it: one that has come back from a backup has not, nor one that first wants this PC to start over
 * (it may have come back once more meanwhile). An earlier answer (`isFresh` false) speaks of another request.
 */
export function noteTold(
  db: DeskDb,
  request: Pick<ExchangeRequest, 'numbers'>,
  { epoch, resync }: Pick<ExchangeResponse, 'epoch' | 'resync'>,
  isFresh: boolean,
): void {
  const known = getMeta(db, 'told_epoch')
  if (request.numbers && isFresh && resync !== 'other_epoch') setMeta(db, 'told_epoch', epoch)
  else if (known !== String(epoch)) setMeta(db, 'told_epoch', null)
}
