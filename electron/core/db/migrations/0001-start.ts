/**
 * First schema. `m_*` tables mirror what the hub said and have one writer (mirror/apply-change); everything else is
 * the desk's own. Times are integer ms UTC, dates ISO text, JSON columns hold the feed's body unchanged.
 */
export const migration0001 = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Mirror -------------------------------------------------------------------------------------------------------
CREATE TABLE m_rows (              -- every mirrored entity as the hub sent it, except reports and their states
  kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, seq INTEGER NOT NULL,
  report_id TEXT, body TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX m_rows_by_report ON m_rows (report_id, kind) WHERE report_id IS NOT NULL;

CREATE TABLE m_reports (
  rid INTEGER PRIMARY KEY,         -- local row number: joins and FTS stay on integers
  id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE TABLE m_report_states (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A change that this build cannot understand: kept as it came, counted, never in the way of the others.
CREATE TABLE m_quarantine (
  kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL,
  error TEXT NOT NULL, PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
-- Which mirrored report needs which file; a file that nobody needs any more is shredded with its key.
CREATE TABLE attachment_refs (
  report_id TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (report_id, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_refs_by_file ON attachment_refs (sha256);
-- Rows a running resync has renewed; when it ends, what is not here has vanished at the hub.
CREATE TABLE resync_seen (kind TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID;

-- The overlay: fold(mirror row, its outbox rows), written only by mirror/project --------------------------------
CREATE TABLE report_current (
  rid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, number TEXT NOT NULL,
  subject TEXT NOT NULL COLLATE NOCASE, service_code TEXT NOT NULL, service_name TEXT NOT NULL, district TEXT NOT NULL, channel TEXT NOT NULL,
  state TEXT NOT NULL, class TEXT, priority INTEGER NOT NULL,  -- 0 urgent, 1 high, 2 normal, 3 low
  anonymous INTEGER NOT NULL, confidential INTEGER NOT NULL,
  reporter_name TEXT,              -- NULL when anonymous: no list, search or print can leak it
  assignee_id TEXT, unit TEXT, attachment_count INTEGER NOT NULL,
  state_body TEXT NOT NULL,        -- folded ReportState as JSON
  clock_status TEXT NOT NULL,      -- as of clock_on; refreshed when the office day changes
  clock_due_at INTEGER,            -- NULL: no running clock
  clock_on TEXT NOT NULL,
  reply_state TEXT, reply_author_id TEXT, proposal TEXT,
  citizen_replied INTEGER NOT NULL, pending INTEGER NOT NULL, open INTEGER NOT NULL,
  requested_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  -- Keys of mirror/list-order. Plain columns, because an index never covers a generated one.
  due_key INTEGER NOT NULL, state_rank INTEGER NOT NULL
) STRICT;
-- One index per sort of the inbox. The rid ends every index by itself, so both directions page by (key, rid).
CREATE INDEX current_by_due ON report_current (due_key);
CREATE INDEX current_by_requested ON report_current (requested_at);
CREATE INDEX current_by_updated ON report_current (updated_at);
CREATE INDEX current_by_priority ON report_current (priority, due_key);
CREATE INDEX current_by_number ON report_current (number);
CREATE INDEX current_by_subject ON report_current (subject);
CREATE INDEX current_by_state ON report_current (state_rank, due_key);
CREATE INDEX current_by_district ON report_current (district, due_key);
-- One index per saved view (late and due today are ranges of current_by_due).
CREATE INDEX current_new ON report_current (due_key) WHERE state IN ('received', 'reopened');
CREATE INDEX current_by_assignee ON report_current (assignee_id, due_key) WHERE assignee_id IS NOT NULL;
CREATE INDEX current_by_reply ON report_current (reply_state, due_key) WHERE reply_state IS NOT NULL;
CREATE INDEX current_citizen_replied ON report_current (due_key) WHERE citizen_replied = 1;
CREATE INDEX current_proposals ON report_current (due_key) WHERE proposal IS NOT NULL;
-- Rows whose clocks are of another day ('' after the rules changed) are projected again in batches.
CREATE INDEX current_by_clock_day ON report_current (clock_on);
-- Covers every filter, so that true counts never touch the wide rows.
CREATE INDEX current_facets ON report_current (district, service_code, state, due_key, requested_at);
CREATE INDEX current_by_lead ON report_current (state_body ->> '$.groupLeadId') WHERE state = 'duplicate';

CREATE VIRTUAL TABLE report_search USING fts5 (
  raw, stems, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3'
);
CREATE TABLE read_marks (person_id TEXT NOT NULL, report_id TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (person_id, report_id)) STRICT, WITHOUT ROWID;

-- Outbox -------------------------------------------------------------------------------------------------------
CREATE TABLE outbox (
  n INTEGER PRIMARY KEY,           -- order of making; per report this order is kept
  id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, report_id TEXT, person_id TEXT NOT NULL,
  base_version INTEGER NOT NULL, payload TEXT NOT NULL, made_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('held','queued','sending','applied','rejected','conflict','signed_out','discarded')),
  held_until INTEGER, attempts INTEGER NOT NULL DEFAULT 0, carrier TEXT, sent_at INTEGER,
  receipt TEXT, receipt_at INTEGER, settled_seq INTEGER  -- feed head at receipt: the row overlays until the mirror has it
) STRICT;
CREATE INDEX outbox_open ON outbox (state, n) WHERE state NOT IN ('applied','discarded');
CREATE INDEX outbox_by_report ON outbox (report_id, n) WHERE report_id IS NOT NULL;

-- Local records ------------------------------------------------------------------------------------------------
CREATE TABLE drafts (
  id TEXT PRIMARY KEY, report_id TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, attachments TEXT NOT NULL,
  author_id TEXT NOT NULL, reply_id TEXT, saved_at INTEGER NOT NULL,
  submitted INTEGER NOT NULL DEFAULT 0,  -- kept after submission until the hub's receipt
  report_number TEXT NOT NULL, report_subject TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX drafts_by_report ON drafts (report_id);

-- What a returned answer said: the feed carries only the latest revision, a supervisor wants to see what changed.
CREATE TABLE reply_revisions (
  reply_id TEXT NOT NULL, revision INTEGER NOT NULL, body TEXT NOT NULL, reason TEXT, PRIMARY KEY (reply_id, revision)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER reply_revision_new AFTER INSERT ON m_rows WHEN new.kind = 'reply' AND new.body ->> '$.state' = 'returned' BEGIN
  INSERT OR REPLACE INTO reply_revisions
    VALUES (new.id, new.body ->> '$.revision', new.body ->> '$.body', new.body ->> '$.returnReason');
END;
CREATE TRIGGER reply_revision_kept AFTER UPDATE ON m_rows WHEN new.kind = 'reply' AND new.body ->> '$.state' = 'returned' BEGIN
  INSERT OR REPLACE INTO reply_revisions
    VALUES (new.id, new.body ->> '$.revision', new.body ->> '$.body', new.body ->> '$.returnReason');
END;
CREATE TRIGGER reply_revision_gone AFTER DELETE ON m_rows WHEN old.kind = 'reply' BEGIN
  DELETE FROM reply_revisions WHERE reply_id = old.id;
END;

CREATE TABLE letters (              -- this desk's letters, drafts and issued; the register is m_rows(letter) ∪ these
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, report_id TEXT NOT NULL, reply_id TEXT, disposition_id TEXT,
  register_id TEXT NOT NULL, year INTEGER NOT NULL, n INTEGER, suffix TEXT NOT NULL DEFAULT '', number TEXT, date TEXT NOT NULL,
  subject TEXT NOT NULL, addressee TEXT NOT NULL, paper TEXT NOT NULL, signer_id TEXT,
  profile TEXT NOT NULL,            -- snapshot of the profile it was rendered with
  date_chosen INTEGER NOT NULL,     -- 0: the date is the day of issue
  source TEXT,                      -- hash of what the stored PDF was rendered from; a draft follows its texts
  sha256 TEXT, pages INTEGER, verify_token TEXT, prints INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL, issued_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX letters_number ON letters (register_id, year, n, suffix) WHERE n IS NOT NULL;
CREATE INDEX letters_by_report ON letters (report_id);

CREATE TABLE attachments (
  sha256 TEXT PRIMARY KEY, mime TEXT NOT NULL, size INTEGER NOT NULL, name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('wanted','here','to_upload','uploaded')),
  file_key BLOB,                    -- AES-256-GCM key of the ciphertext file; NULL while only wanted
  added_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  n INTEGER PRIMARY KEY, at INTEGER NOT NULL, person_id TEXT, action TEXT NOT NULL, subject_id TEXT,
  data TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;

CREATE TABLE sessions (person_id TEXT PRIMARY KEY, token TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE preferences (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE link_log (
  id INTEGER PRIMARY KEY, at INTEGER NOT NULL, carrier TEXT NOT NULL, result TEXT NOT NULL, sent INTEGER NOT NULL,
  received INTEGER NOT NULL, bytes_up INTEGER NOT NULL, bytes_down INTEGER NOT NULL, duration_ms INTEGER NOT NULL
) STRICT;
`
