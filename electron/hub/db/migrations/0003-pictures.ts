/** What the hub made of a picture: its size as seen, the small one, and the copy without metadata for the public. */
export const pictures = `
alter table attachments add column width int;
alter table attachments add column height int;
alter table attachments add column thumb_sha256 text;
alter table attachments add column thumb_size int;
alter table attachments add column public_sha256 text;
create index attachments_thumb on attachments (thumb_sha256) where thumb_sha256 is not null;
`
