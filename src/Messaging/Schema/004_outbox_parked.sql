-- Messages that could not be published, kept with the reason until somebody decides about them.
-- The followers of a parked message wait in the outbox: they must not overtake it.
create table if not exists outbox_parked (
  destination text not null,
  message_id text not null,
  message_key text not null,
  message_type text not null,
  body text not null,
  attempts integer not null,
  reason text not null,
  parked timestamptz not null,
  primary key (destination, message_key, message_id)
);
