create table if not exists bookings (
  id uuid not null,
  hotel_id text not null,
  room_type text not null,
  check_in date not null,
  check_out date not null,
  guest_name text not null,
  guest_email text not null,
  status text not null,
  reason text,
  total numeric(12, 2),
  currency text,
  decided timestamptz not null,
  primary key (id)
);
-- Cancellations of bookings that had not come: should one come later, it is rejected.
create table if not exists early_cancellations (
  booking_id uuid not null,
  cancelled timestamptz not null,
  primary key (booking_id)
);
