-- What each consumer has handled or is handling. A row with a lease is work under way outside the database.
create table if not exists inbox (
  consumer text not null,
  message_id text not null,
  received timestamptz not null,
  done boolean not null,
  owner text,
  lease_until timestamptz,
  primary key (consumer, message_id)
);
