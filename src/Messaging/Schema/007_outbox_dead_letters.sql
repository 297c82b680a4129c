-- What a parked message needs to get back to its place among its key's messages. Null in one that was parked before it was remembered.
alter table outbox_parked add column if not exists created timestamptz;

alter table outbox_parked add column if not exists ordinal integer;

-- How often somebody changed the body: an act on an older reading of it is refused.
alter table outbox_parked add column if not exists edits integer;

-- Counts the dead letters of a lane that were put back or thrown away. A relay amid the lane sees that and begins it anew:
-- what it has passed may have become the first of its key.
create table if not exists outbox_lane (
  destination text not null,
  lane smallint not null,
  changes bigint not null,
  primary key (destination, lane)
);

-- Who did what to which dead letter. It keeps hashes of bodies, never a body. The second key is the clean-up's way to the oldest rows.
create table if not exists outbox_audit (
  destination text not null,
  message_id text not null,
  acted timestamptz not null,
  audit_id uuid not null,
  actor text not null,
  act text not null,
  message_key text not null,
  message_type text not null,
  note text,
  sha256_before text,
  sha256_after text,
  primary key (destination, message_id, acted, audit_id),
  unique (acted, audit_id)
);
