/**
 * A letter whose issue was given up stays as a void row with its reason, whatever becomes of the outbox row (LETT-01).
 * Those given up before this column existed get the reason their screen showed.
 */
export const migration0003 = `
ALTER TABLE letters ADD COLUMN void_reason TEXT;
UPDATE letters SET void_reason = 'Pendaftaran ke hub dibatalkan' WHERE (
  SELECT o.state FROM outbox o WHERE o.report_id = letters.report_id AND o.kind = 'letter.issue'
    AND o.payload ->> '$.letter.id' = letters.id ORDER BY o.n DESC LIMIT 1) = 'discarded';
`
