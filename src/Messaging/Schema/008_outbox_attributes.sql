-- What subscriptions filter on besides the type, as a JSON object. Null where there is nothing.
alter table outbox add column if not exists attributes text;

alter table outbox_parked add column if not exists attributes text;
