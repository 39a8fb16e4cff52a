/** Small pictures, which come right after the text, and originals that a person asked for. */
export const migration0004 = `
ALTER TABLE attachments ADD COLUMN thumb_sha256 TEXT;
ALTER TABLE attachments ADD COLUMN thumb_size INTEGER;
ALTER TABLE attachments ADD COLUMN asked_at INTEGER;   -- a person asked for the original: it waits for no budget
UPDATE attachments SET asked_at = 0 WHERE state = 'wanted' AND size = 0;
CREATE INDEX attachments_thumb ON attachments (thumb_sha256) WHERE thumb_sha256 IS NOT NULL;
CREATE INDEX attachments_asked ON attachments (asked_at) WHERE asked_at IS NOT NULL;

CREATE TABLE thumbs (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
CREATE TRIGGER thumb_gone AFTER DELETE ON attachments WHEN old.thumb_sha256 IS NOT NULL BEGIN
  DELETE FROM thumbs WHERE sha256 = old.thumb_sha256
    AND NOT EXISTS (SELECT 1 FROM attachments WHERE thumb_sha256 = old.thumb_sha256);
END;
`
