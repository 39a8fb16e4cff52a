/**
 * A returned answer may come again unchanged, as in a resync. The conflict policy of the statement that fires a trigger
 * overrules the trigger's own `OR REPLACE`, so the revision is removed and written anew instead.
 */
export const migration0002 = `
DROP TRIGGER reply_revision_new;
DROP TRIGGER reply_revision_kept;
CREATE TRIGGER reply_revision_new AFTER INSERT ON m_rows WHEN new.kind = 'reply' AND new.body ->> '$.state' = 'returned' BEGIN
  DELETE FROM reply_revisions WHERE reply_id = new.id AND revision = new.body ->> '$.revision';
  INSERT INTO reply_revisions
    VALUES (new.id, new.body ->> '$.revision', new.body ->> '$.body', new.body ->> '$.returnReason');
END;
CREATE TRIGGER reply_revision_kept AFTER UPDATE ON m_rows WHEN new.kind = 'reply' AND new.body ->> '$.state' = 'returned' BEGIN
  DELETE FROM reply_revisions WHERE reply_id = new.id AND revision = new.body ->> '$.revision';
  INSERT INTO reply_revisions
    VALUES (new.id, new.body ->> '$.revision', new.body ->> '$.body', new.body ->> '$.returnReason');
END;
`
