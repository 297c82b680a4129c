-- The report of a month: its latest run, and how many of its parts are done.
create table if not exists revenue_runs (
  month text not null,
  run_id uuid not null,
  state text not null,
  requested timestamptz not null,
  parts integer,
  parts_done integer not null,
  document text,
  finished timestamptz,
  primary key (month)
);
create table if not exists revenue_parts (
  month text not null,
  run_id uuid not null,
  part integer not null,
  hotel_id text not null,
  done boolean not null,
  primary key (month, run_id, part)
);
create table if not exists revenue_sums (
  month text not null,
  run_id uuid not null,
  part integer not null,
  currency text not null,
  amount numeric(14, 2) not null,
  primary key (month, run_id, part, currency)
);
