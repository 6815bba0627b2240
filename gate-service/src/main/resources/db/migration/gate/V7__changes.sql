-- The transaction that changed what readers see of a release or of its rollback last, whatever process made it: each replica keeps releases in memory and looks for
-- those that an earlier snapshot could not see. When a release is reviewed next is no change.
alter table releases add column changed xid8 not null default pg_current_xact_id();
create index releases_changed on releases (changed);
alter table rollback_orders add column changed xid8 not null default pg_current_xact_id();
create index rollback_orders_changed on rollback_orders (changed);

create function note_change() returns trigger language plpgsql as $$
begin
  new.changed := pg_current_xact_id();
  return new;
end $$;

create trigger releases_changed before update of state, analysis, seen_windows, seen_changed, latest_decision, served_at, ended_at
  on releases for each row execute function note_change();
create trigger rollback_orders_changed before update of state, rollback, detail
  on rollback_orders for each row execute function note_change();
