-- The transaction that changed an analysis last, whatever process made it: watchers look for those that an earlier snapshot could not see.
alter table analysis add column changed xid8 not null default pg_current_xact_id();
create index analysis_changed on analysis (changed);

create function note_change() returns trigger language plpgsql as $$
begin
  new.changed := pg_current_xact_id();
  return new;
end $$;

create trigger analysis_changed before update of version on analysis for each row execute function note_change();
