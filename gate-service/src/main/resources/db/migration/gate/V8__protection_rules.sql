-- Requests of GitHub to allow a deployment. A run that is started again asks again about the same environment.
create table protection_rules (
  delivery      text primary key,
  installation  bigint not null,
  repository_id bigint not null,
  repository    text not null,
  environment   text not null,
  run           bigint not null,
  sha           text not null,
  traceparent   text not null,
  received_at   timestamptz not null,
  state         text not null default 'OPEN' check (state in ('OPEN', 'APPROVED', 'REJECTED', 'GONE')),
  release       uuid,
  reports       integer not null default 0,
  reported      text not null default '',
  failures      integer not null default 0,
  next_try      timestamptz not null,
  ended_at      timestamptz,
  check ((state = 'OPEN') = (ended_at is null)),
  unique (repository_id, run, environment)
);

create index protection_rules_open on protection_rules (next_try) where state = 'OPEN';
create index protection_rules_ended on protection_rules (ended_at) where ended_at is not null;
