-- Until when a release is watched after its promotion; null of one that is not, and before.
alter table releases add column watched_until timestamptz;

drop trigger releases_changed on releases;
create trigger releases_changed before update of state, analysis, seen_windows, seen_changed, latest_decision, served_at, ended_at, approvals, watched_until
  on releases for each row execute function note_change();

-- A release that is watched is judged by several analyses, one after the other.
alter table analysis_records drop constraint analysis_records_pkey, add primary key (release_id, analysis);
