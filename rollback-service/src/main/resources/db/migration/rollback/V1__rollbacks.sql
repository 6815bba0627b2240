-- Rollbacks and their steps. end_time is null exactly while a rollback is active.
create table rollback (
  id            uuid primary key,
  request_id    uuid not null,
  service       text not null,
  release       text not null,
  from_revision text not null,
  to_revision   text not null,
  reason        text not null,
  plan          jsonb not null,
  traceparent   text not null,
  state         text not null,
  detail        text not null,
  create_time   timestamptz not null,
  update_time   timestamptz not null,
  end_time      timestamptz,
  version       bigint not null,
  constraint rollback_request unique (request_id),
  constraint rollback_state check (
    state in ('PLANNED', 'RUNNING', 'VERIFYING', 'SUCCEEDED', 'FAILED', 'NEEDS_HUMAN', 'CANCELLED')),
  constraint rollback_end check ((end_time is null) = (state in ('PLANNED', 'RUNNING', 'VERIFYING')))
);

-- One active rollback per service, whoever starts it.
create unique index rollback_one_active on rollback (service) where end_time is null;
create index rollback_newest on rollback (create_time desc, id desc);
create index rollback_newest_of_service on rollback (service, create_time desc, id desc);

create table rollback_step (
  rollback_id    uuid not null references rollback (id),
  position       int not null,
  kind           text not null,
  state          text not null,
  attempts       int not null,
  effect_unknown boolean not null,
  seen_before    text not null,
  seen_after     text not null,
  start_time     timestamptz,
  end_time       timestamptz,
  primary key (rollback_id, position),
  constraint rollback_step_kind unique (rollback_id, kind),
  constraint rollback_step_state check (state in ('PENDING', 'ACTIVE', 'DONE', 'GIVEN_UP')),
  constraint rollback_step_attempts check (attempts >= 0)
);
