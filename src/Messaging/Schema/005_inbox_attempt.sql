-- For an inbox that was created before it remembered why a message was discarded.
alter table inbox add column if not exists discard_reason text;

-- How often each consumer's handler has failed at a message, for as long as it fails.
create table if not exists inbox_attempt (
  consumer text not null,
  message_id text not null,
  attempts integer not null,
  failed timestamptz not null,
  primary key (consumer, message_id),
  unique (failed, consumer, message_id)
);
