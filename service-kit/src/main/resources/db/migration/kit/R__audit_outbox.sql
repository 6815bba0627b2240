-- What a service has to tell the audit log, which gate-service keeps; that of gate-service itself stays empty. Repeatable, since every service has version numbers of its own
-- above those of the kit: it is run again after each change and must leave alone what is there.

-- Written in the transaction of what it tells, and never changed: canonical JSON (RFC 8785).
create table if not exists audit_outbox (
  number     bigint generated always as identity primary key,
  written_at timestamptz not null default clock_timestamp(),
  body       text not null,
  id         uuid not null unique generated always as ((body::jsonb ->> 'id')::uuid) stored
);

-- Which of them the log has not yet said to have.
create table if not exists audit_waiting (
  number bigint primary key
);

create or replace function audit_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is never changed: % of %.% is refused', lower(tg_op), tg_table_schema, tg_table_name using errcode = '42501';
end $$;

revoke update, truncate on audit_outbox from public, current_user;
grant delete on audit_outbox to current_user;
drop trigger if exists refuse on audit_outbox;
create trigger refuse before update or truncate on audit_outbox for each statement execute function audit_refuse();

-- Retention deletes what the log has; nothing else goes, and nothing within a week, in which the log may be lost and come back from a backup.
create or replace function audit_refuse_unfetched() returns trigger language plpgsql as $$
begin
  if old.written_at > clock_timestamp() - interval '7 days' or exists (select from audit_waiting where number = old.number) then
    raise exception 'the audit log is never changed: delete of %.% is refused', tg_table_schema, tg_table_name using errcode = '42501';
  end if;
  return old;
end $$;

drop trigger if exists refuse_unfetched on audit_outbox;
create trigger refuse_unfetched before delete on audit_outbox for each row execute function audit_refuse_unfetched();
