-- What each consumer has handled or is handling. A row with a lease is work under way outside the database; one that is done holds the answer.
-- The second key is the clean-up's way to the oldest rows: a constraint, because PostgreSQL and DSQL create an index differently.
create table if not exists inbox (
  consumer text not null,
  message_id text not null,
  received timestamptz not null,
  done boolean not null,
  discard_reason text,
  owner text,
  lease_until timestamptz,
  primary key (consumer, message_id),
  unique (received, consumer, message_id)
);
