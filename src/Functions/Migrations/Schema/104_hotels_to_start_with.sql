insert into hotels (id, name) values
  ('hotel-1', 'Harbour House'),
  ('hotel-2', 'The Lighthouse'),
  ('hotel-full', 'Grand Hotel')
on conflict (id) do nothing;
insert into room_types (hotel_id, room_type, rooms, price, currency) values
  ('hotel-1', 'single', 500, 80.00, 'EUR'),
  ('hotel-1', 'double', 500, 120.00, 'EUR'),
  ('hotel-1', 'suite', 100, 260.00, 'EUR'),
  ('hotel-2', 'double', 1, 150.00, 'EUR'),
  ('hotel-full', 'double', 0, 190.00, 'EUR')
on conflict (hotel_id, room_type) do nothing;
