/**
 * First schema. Each entity keeps its wire document in `body` (jsonb) with its `version`; columns the database must
 * enforce or search are generated from that document, so the two cannot disagree.
 */
export const base = `
create table meta (key text primary key, value text not null);

create table agencies (
  id text primary key, version int not null, body jsonb not null,
  operator boolean generated always as ((body->>'operator')::boolean) stored,
  active boolean generated always as ((body->>'active')::boolean) stored
);
create unique index one_operator on agencies (operator) where operator;
create table services (
  id text primary key, version int not null, body jsonb not null,
  agency_id text generated always as (body->>'agencyId') stored references agencies,
  ord int not null
);
create table settings (agency_id text primary key references agencies, version int not null, body jsonb not null);
create table people (
  id uuid primary key, agency_id text not null references agencies, version int not null, body jsonb not null,
  password_hash text not null
);
create index people_agency on people (agency_id);
create table api_keys (key_hash text primary key, name text not null unique);

create table agency_feed (
  agency_id text primary key references agencies,
  head bigint not null default 0, floor bigint not null default 0, report_count int not null default 0
) with (fillfactor = 10);
create table agency_item (
  agency_id text not null references agencies, kind text not null, entity_id text not null, seq bigint not null,
  version int not null, body text, removed text, removed_at bigint,
  primary key (agency_id, kind, entity_id), unique (agency_id, seq), check ((body is null) = (removed is not null))
);

create table devices (
  id uuid primary key, agency_id text not null references agencies, code text not null, name text not null,
  token_hash text not null unique, unlock_secret text not null, created_at bigint not null, last_seen_at bigint not null,
  acked_seq bigint not null default 0, revoked_at bigint, audit_count int, audit_head text, unique (agency_id, code)
);
create table sessions (
  token_hash text primary key, person_id uuid not null references people, device_id uuid not null references devices,
  created_at bigint not null, expires_at bigint not null
);
create table enrol_codes (
  code_hash text primary key, agency_id text not null references agencies, created_at bigint not null,
  expires_at bigint not null, used_at bigint, created_by text not null
);

create table number_counters (agency_id text not null references agencies, year int not null, next_n int not null, primary key (agency_id, year));
create table reports (
  id uuid primary key, number text not null unique, version int not null, body jsonb not null,
  agency_id text not null generated always as (body->>'agencyId') stored references agencies,
  service_code text not null generated always as (body->>'serviceCode') stored,
  requested_at bigint not null generated always as ((body->>'requestedAt')::bigint) stored,
  media_url text, client text, client_ref text, unique (client, client_ref)
);
create index reports_agency on reports (agency_id);
create index reports_requested on reports (requested_at desc);
create table contacts (report_id uuid primary key references reports, name text not null, phone text, email text);
create table report_states (
  id uuid primary key references reports, version int not null, body jsonb not null,
  field_versions jsonb not null default '{}',
  state text not null generated always as (body->>'state') stored,
  confidential boolean not null generated always as ((body->>'confidential')::boolean) stored,
  group_lead_id text generated always as (body->>'groupLeadId') stored
);
create index report_states_lead on report_states (group_lead_id) where group_lead_id is not null;
create table entries (
  id uuid primary key, report_id uuid not null references reports, agency_id text not null references agencies,
  version int not null, body jsonb not null, client_ref text,
  kind text not null generated always as (body->>'kind') stored,
  at bigint not null generated always as ((body->>'at')::bigint) stored,
  unique (report_id, client_ref)
);
create index entries_report on entries (report_id);
create index entries_official on entries (at) where kind = 'official';
create table dispositions (
  id uuid primary key, report_id uuid not null references reports, agency_id text not null references agencies,
  version int not null, body jsonb not null
);
create index dispositions_report on dispositions (report_id);
create table replies (
  id uuid primary key, report_id uuid not null references reports, agency_id text not null references agencies,
  version int not null, body jsonb not null,
  state text not null generated always as (body->>'state') stored,
  author_id text not null generated always as (body->>'authorId') stored,
  approver_id text generated always as (body->>'approverId') stored,
  constraint four_eyes check (approver_id is null or approver_id <> author_id),
  constraint published_needs_approver check (state not in ('approved', 'published') or approver_id is not null)
);
create index replies_report on replies (report_id);

create table register_counters (
  agency_id text not null references agencies, register_id text not null, year int not null, next_n int not null,
  primary key (agency_id, register_id, year)
);
create table leases (
  id uuid primary key, agency_id text not null references agencies, version int not null, body jsonb not null,
  device_id text not null generated always as (body->>'deviceId') stored,
  register_id text not null generated always as (body->>'registerId') stored,
  year int not null generated always as ((body->>'year')::int) stored,
  from_n int not null generated always as ((body->>'from')::int) stored,
  to_n int not null generated always as ((body->>'to')::int) stored
);
create index leases_device on leases (device_id, register_id, year);
create table letters (
  id uuid primary key, version int not null, body jsonb not null,
  agency_id text not null generated always as (body->>'agencyId') stored references agencies,
  register_id text not null generated always as (body->>'registerId') stored,
  year int not null generated always as ((body->>'year')::int) stored,
  n int not null generated always as ((body->>'n')::int) stored,
  suffix text not null generated always as (body->>'suffix') stored,
  sha256 text not null generated always as (body->>'sha256') stored,
  verify_token text not null unique generated always as (body->>'verifyToken') stored,
  constraint number_once unique (agency_id, register_id, year, n, suffix)
);

create table mutations (
  agency_id text not null references agencies, id uuid not null, device_id uuid not null references devices,
  person_id uuid not null, kind text not null, payload_hash text not null,
  outcome text not null check (outcome in ('applied', 'rejected', 'conflict')),
  version int, reason text, fields jsonb, at bigint not null, primary key (agency_id, id)
);
create table attachments (sha256 text primary key, size int not null, mime text not null, created_at bigint not null);
create table attachment_uploads (sha256 text not null references attachments, agency_id text not null references agencies, primary key (sha256, agency_id));
create table attachment_refs (sha256 text not null, report_id uuid not null references reports, primary key (sha256, report_id));
create table audit_log (
  id uuid primary key, agency_id text not null, report_id uuid, actor_id uuid, action text not null, data jsonb not null, at bigint not null
);
`
