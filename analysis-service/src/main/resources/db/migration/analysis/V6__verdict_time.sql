-- When verdict or state last changed, by the clock of the database, which all replicas share; null before the first change. Watchers look for what is new.
alter table analysis add column verdict_time timestamptz;
create index analysis_verdict_time on analysis (verdict_time) where verdict_time is not null;
