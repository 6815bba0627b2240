-- From when the time counts for which an analysis is kept: its end, or the last time somebody still decided by it; the later of the clocks of database and service.
-- Null while it runs.
alter table analysis add column retention_start timestamptz;
update analysis set retention_start = greatest(verdict_time, end_time) where state <> 'RUNNING';
alter table analysis add constraint analysis_running_kept check (state <> 'RUNNING' or retention_start is null);
create index analysis_retention on analysis (retention_start, id) where retention_start is not null;
