create table if not exists hotels (
  id text not null,
  name text not null,
  primary key (id)
);
create table if not exists room_types (
  hotel_id text not null,
  room_type text not null,
  rooms integer not null,
  price numeric(12, 2) not null,
  currency text not null,
  primary key (hotel_id, room_type)
);
-- How many rooms of a type are taken for a night. No row: none.
create table if not exists room_nights (
  hotel_id text not null,
  room_type text not null,
  night date not null,
  taken integer not null,
  primary key (hotel_id, room_type, night)
);
