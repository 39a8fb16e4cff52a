/**
 * Every report of a page asks who has read it, and every answer of the hub asks for acts whose effect the feed has not
 * brought: without these a page costs as much as all that was ever read and done at this desk.
 */
export const migration0005 = `
CREATE INDEX read_marks_by_report ON read_marks (report_id, version);
CREATE INDEX outbox_unsettled ON outbox (report_id) WHERE state = 'applied' AND settled_seq IS NULL;
`
