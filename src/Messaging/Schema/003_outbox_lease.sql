-- One relay at a time works on a lane. The token grows with every new holder and fences off the one before.
create table if not exists outbox_lease (
  destination text not null,
  lane smallint not null,
  token bigint not null,
  held_until timestamptz not null,
  primary key (destination, lane)
);
