-- Messages that are committed and not yet published. The key's order is (created, ordinal): a key's transactions follow each other.
create table if not exists outbox (
  destination text not null,
  lane smallint not null,
  created timestamptz not null,
  ordinal integer not null,
  message_id text not null,
  message_key text not null,
  message_type text not null,
  body text not null,
  available timestamptz not null,
  attempts integer not null,
  primary key (destination, lane, created, ordinal, message_id)
);
