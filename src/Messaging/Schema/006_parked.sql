-- Message groups that wait behind a dead letter of theirs. Every change of a group takes this row first, so that its changes follow each other.
-- To release a group by hand, set released: the relay's next tick sends what waits.
create table if not exists parked_group (
  consumer text not null,
  group_id text not null,
  parked timestamptz not null,
  reason text not null,
  dead_message_id text not null,
  queue_url text not null,
  released boolean not null,
  tail bigint not null,
  last_sequence text,
  sent_position bigint,
  sent timestamptz,
  primary key (consumer, group_id)
);

-- What came behind the dead letter, in the order of its coming.
create table if not exists parked_message (
  consumer text not null,
  group_id text not null,
  position bigint not null,
  message_id text not null,
  sent_at timestamptz,
  attributes text not null,
  body text not null,
  primary key (consumer, group_id, position),
  unique (consumer, group_id, message_id)
);
