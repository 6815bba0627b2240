-- From when the time counts for which a release is kept: its end; the later of the clocks of database and service. Null while it is open.
alter table releases add column retention_start timestamptz;
update releases set retention_start = ended_at where state <> 'OPEN';
alter table releases add constraint releases_open_kept check (state <> 'OPEN' or retention_start is null);
create index releases_retention on releases (retention_start, id) where retention_start is not null;
-- The database looks for the release of each decision that is deleted.
create index releases_latest_decision on releases (latest_decision);
