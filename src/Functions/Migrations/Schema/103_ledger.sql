-- Double entry: the lines of an entry add up to zero. An entry is the message that caused it.
create table if not exists ledger (
  booking_id uuid not null,
  entry_id text not null,
  line smallint not null,
  account text not null,
  debit numeric(12, 2) not null,
  credit numeric(12, 2) not null,
  currency text not null,
  posted timestamptz not null,
  primary key (booking_id, entry_id, line),
  -- The index by which one account's lines of a month are found.
  unique (account, posted, booking_id, entry_id, line)
);
