-- From when the time counts for which a rollback is kept: its end; the later of the clocks of database and service. Null while it is active.
alter table rollback add column retention_start timestamptz;
update rollback set retention_start = end_time where end_time is not null;
alter table rollback add constraint rollback_active_kept check (end_time is not null or retention_start is null);
create index rollback_retention on rollback (retention_start, id) where retention_start is not null;
