-- What people have said for a release; null where nobody has. Who asked first about it; empty where that is not known.
-- Who had it opened though the run before had been decided on, and why; null for one that a question opened.
alter table releases
  add column approvals    jsonb,
  add column opener       text not null default '',
  add column retry_actor  text,
  add column retry_reason text,
  add constraint releases_retry check ((retry_actor is null) = (retry_reason is null));

drop trigger releases_changed on releases;
create trigger releases_changed before update of state, analysis, seen_windows, seen_changed, latest_decision, served_at, ended_at, approvals
  on releases for each row execute function note_change();
