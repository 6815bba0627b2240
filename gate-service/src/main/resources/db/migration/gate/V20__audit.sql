-- The audit log: what was done, by whom and why, as a Merkle log (RFC 6962). It has a schema of its own and survives that of the gate, so it may be there already.
-- No foreign keys: to check one takes the right to update what it points to, which nobody has here.
do $$
begin
  if not exists (select from pg_namespace where nspname = 'audit') then
    create schema audit;
  end if;
end $$;

-- Inserted in the transaction of what it tells. `body` is canonical JSON (RFC 8785), `leaf_hash` its hash in the tree; what is looked for is computed from the body,
-- so that the two cannot differ. `written` tells which entries an earlier look cannot have seen.
create table if not exists audit.entries (
  id          bigint generated always as identity primary key,
  recorded_at timestamptz not null default clock_timestamp(),
  written     xid8 not null default pg_current_xact_id(),
  body        text not null,
  leaf_hash   bytea not null check (length(leaf_hash) = 32),
  action      text not null generated always as (body::jsonb ->> 'action') stored,
  service     text generated always as (body::jsonb ->> 'service') stored,
  object      text generated always as (body::jsonb ->> 'object') stored,
  decision    text generated always as (body::jsonb -> 'decision' ->> 'name') stored,
  actor       text not null generated always as (body::jsonb -> 'actor' ->> 'name') stored
);

create index if not exists entries_written on audit.entries (written);
create index if not exists entries_by_service on audit.entries (service, id);
create index if not exists entries_by_object on audit.entries (object, id);
create index if not exists entries_by_decision on audit.entries (decision) where decision is not null;

-- The places of the entries in the tree, from 0.
create table if not exists audit.leaves (
  index     bigint primary key check (index >= 0),
  entry_id  bigint not null unique,
  leaf_hash bytea not null check (length(leaf_hash) = 32)
);

-- The hashes of full tiles: at level 1 one for each 256 leaves, above that one for each 256 of the level below (C2SP tlog-tiles).
create table if not exists audit.subtrees (
  level smallint not null check (level between 1 and 7),
  index bigint not null check (index >= 0),
  hash  bytea not null check (length(hash) = 32),
  primary key (level, index)
);

-- What was signed (C2SP tlog-checkpoint); of one size once by each key.
create table if not exists audit.checkpoints (
  size      bigint not null check (size > 0),
  key_id    integer not null,
  signed_at timestamptz not null default clock_timestamp(),
  note      text not null,
  primary key (size, key_id)
);

-- One row, which whoever gives places locks. The one thing of the log that changes, and nothing rests on it: `settled` only shortens the look for entries without a place.
create table if not exists audit.sequencer (
  id      integer primary key check (id = 1),
  settled xid8 not null
);
insert into audit.sequencer values (1, '0') on conflict do nothing;

create or replace function audit.refuse() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is never changed: % of %.% is refused', lower(tg_op), tg_table_schema, tg_table_name using errcode = '42501';
end $$;

do $$
declare
  name text;
begin
  foreach name in array array['entries', 'leaves', 'subtrees', 'checkpoints'] loop
    execute format('revoke update, delete, truncate on audit.%I from public, current_user', name);
    execute format('drop trigger if exists refuse on audit.%I', name);
    execute format('create trigger refuse before update or delete or truncate on audit.%I for each statement execute function audit.refuse()', name);
  end loop;
end $$;
