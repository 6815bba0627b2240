-- Gives the audit log of Portcullis to a role of its own, as which nobody logs in: the role of the service can add to the log and read it, and nothing else.
-- Run it once as a superuser in the database of gate-service, after the first start of gate-service: psql -v ON_ERROR_STOP=1 -f owner.sql
-- Run it again after an update of Portcullis whose changelog says that the audit log has new tables; before that update: alter schema audit owner to SERVICE.
begin;

do $$
declare
  item record;
begin
  if not exists (select from pg_roles where rolname = 'OWNER') then
    create role "OWNER" nologin;
  end if;
  execute 'alter schema audit owner to "OWNER"';
  for item in select c.oid::regclass as name from pg_class c where c.relnamespace = 'audit'::regnamespace and c.relkind = 'r' loop
    execute format('alter table %s owner to "OWNER"', item.name);
    execute format('revoke all on %s from public, "SERVICE"', item.name);
    execute format('grant select, insert on %s to "SERVICE"', item.name);
  end loop;
  for item in select p.oid::regprocedure as name from pg_proc p where p.pronamespace = 'audit'::regnamespace loop
    execute format('alter function %s owner to "OWNER"', item.name);
  end loop;
end $$;

-- Whoever gives places locks its one row, for which it takes this right. Nothing of the log rests on it.
grant update on audit.sequencer to "SERVICE";
revoke all on schema audit from public, "SERVICE";
grant usage on schema audit to "SERVICE";

commit;
