-- What the analysis of an ended release follows from, in a form of analysis-service: with it the release's decisions can be computed again when analysis-service has
-- deleted its own. One row for each release that has ended and had an analysis; what is compressed already is kept as it is.
create table analysis_records (
  release_id uuid primary key references releases (id) on delete cascade,
  analysis   text not null,
  state      text not null check (state in ('WANTED', 'KEPT', 'GONE')),
  next_try   timestamptz not null,
  record     bytea,
  check ((state = 'KEPT') = (record is not null))
);
alter table analysis_records alter column record set storage external;
create index analysis_records_wanted on analysis_records (next_try) where state = 'WANTED';

-- Of releases that had ended before this version, as far as analysis-service still has their analyses.
insert into analysis_records (release_id, analysis, state, next_try)
select id, analysis, 'WANTED', ended_at from releases where state <> 'OPEN' and analysis <> '';
