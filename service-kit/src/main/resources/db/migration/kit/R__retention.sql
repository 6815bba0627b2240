-- What retention keeps for itself. Repeatable, since every service has version numbers of its own above those of the kit: it is run again after each change
-- and must leave alone what is there.

-- The records that were deleted because their time was over, so that whoever asks for one is told so.
create table if not exists deleted_record (
  id          uuid primary key,          -- of the record, or a key that it must not be mistaken for never used by
  delete_time timestamptz not null,
  retention   text not null              -- how long it had been kept, as an ISO 8601 period
);
create index if not exists deleted_record_oldest on deleted_record (delete_time);

-- How steadily the database's clock has gone: one row.
create table if not exists retention_clock (
  single       boolean primary key default true check (single),
  steady_since timestamptz not null,     -- since then it has neither stepped nor gone unwatched for longer than a week
  latest       timestamptz not null      -- what it said last
);

-- The transaction that noted it: whoever keeps records in memory looks for what was deleted since.
alter table deleted_record add column if not exists changed xid8 not null default pg_current_xact_id();
create index if not exists deleted_record_changed on deleted_record (changed);
