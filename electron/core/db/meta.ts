import type { DeskDb } from './desk-db.ts'

/** Facts about this database that are no rows of their own. */
export type MetaKey =
  | 'cursor' // opaque feed cursor; absent before the first page
  | 'mirror_complete' // '1' once a snapshot or feed was read to its end
  | 'hub_id'
  | 'epoch'
  | 'told_epoch' // hub epoch that has heard what this PC holds of the registers; absent when it is to be told
  | 'offering_up_to' // last outbox row when a restored hub was noticed: those up to it are offered again
  | 'put_off' // JSON ids of acts that a restored hub will judge when other PCs have offered theirs again
  | 'tls_issuer' // who issued the certificate that the last exchange refused
  | 'last_synced_at' // hub time of the last proven exchange
  | 'hub_report_count'
  | 'clock_skew_ms'
  | 'audit_anchor' // JSON { count, head } the hub acknowledged
  | 'search_purge_due' // '1' while removed reports may still stand in the search index's old segments
  | 'resync' // '1' while a snapshot is renewing an existing mirror
  | 'search_from' // first rid that the search index does not know yet; absent when it knows all
  | 'journal_seq' // the journal's record that the last committed act stands in
  | 'backup_marks' // JSON [{ day, seq }] of the kept daily copies, oldest first
  | 'full_check' // JSON FullCheck: when the whole database was last read, and how that went
  | 'recovery' // JSON Recovery that nobody has acknowledged yet
  | 'bytes_day' // JSON { day, text, files, allowed }: what the office day has cost
  | 'digest_due' // JSON { left, misses }: exchanges until the scope's digest is compared again
  | 'search_bulk' // '1' while the search index postpones its merging

/** The value, or null. */
export function getMeta(db: DeskDb, key: MetaKey): string | null {
  return db.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)?.value ?? null
}

/** Sets the value; null removes it. */
export function setMeta(db: DeskDb, key: MetaKey, value: string | number | null): void {
  if (value === null) db.run('DELETE FROM meta WHERE key = ?', key)
  else
    db.run(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      key,
      String(value),
    )
}
