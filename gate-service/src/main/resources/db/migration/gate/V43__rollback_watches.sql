-- Rollbacks whose state the gate looks at until users are back on a good revision, so that people are told of it: of releases that are aborted from now on.
create table rollback_watches (
  release_id uuid primary key,
  service    text not null,
  rollback   text not null,
  canary     text not null,
  state      text not null,
  began_at   timestamptz not null,
  next_look  timestamptz not null
);

create index rollback_watches_due on rollback_watches (next_look);
