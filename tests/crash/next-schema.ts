import { MIGRATIONS } from '../../electron/core/db/migrate.ts'

/**
 * What some later release may do: add a column to work that waits for the hub, write a table anew, and fill what it
 * added. Released migrations are never touched, so the list only gets one more.
 */
const LATER = `
ALTER TABLE outbox ADD COLUMN later INTEGER NOT NULL DEFAULT 0;
CREATE TABLE drafts_later (
  id TEXT PRIMARY KEY, report_id TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, attachments TEXT NOT NULL,
  author_id TEXT NOT NULL, reply_id TEXT, saved_at INTEGER NOT NULL, submitted INTEGER NOT NULL DEFAULT 0,
  report_number TEXT NOT NULL, report_subject TEXT NOT NULL, words INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
INSERT INTO drafts_later SELECT *, length(body) FROM drafts;
DROP TABLE drafts;
ALTER TABLE drafts_later RENAME TO drafts;
CREATE INDEX drafts_by_report ON drafts (report_id);
UPDATE outbox SET later = n;
CREATE INDEX outbox_later ON outbox (later);
`

/** From here on this process is the later release, or (false) today's again. */
export function beLater(later: boolean): void {
  const list = MIGRATIONS as string[]
  if (later !== list.includes(LATER)) {
    if (later) list.push(LATER)
    else list.pop()
  }
}
