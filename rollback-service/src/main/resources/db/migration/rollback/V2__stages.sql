-- Plans with several targets, leases, preparations and records. No build with the tables of V1 was released: what they hold is dropped.
drop table rollback_step;
drop table rollback;

create table rollback_preparation (
  token         uuid primary key,
  service       text not null,
  release       text not null,
  from_revision text not null,
  to_revision   text not null,
  reason        text not null,
  plan          jsonb not null,
  mode          text not null,
  caller        text not null,
  create_time   timestamptz not null,
  expire_time   timestamptz not null,
  constraint rollback_preparation_mode check (mode in ('LIVE', 'DRY_RUN', 'STAGING'))
);
create index rollback_preparation_expiry on rollback_preparation (expire_time);

-- end_time is null exactly while a rollback is active.
create table rollback (
  id                uuid primary key,
  token             uuid not null,
  request_id        text not null,
  caller            text not null,
  mode              text not null,
  service           text not null,
  release           text not null,
  from_revision     text not null,
  to_revision       text not null,
  reason            text not null,
  plan              jsonb not null,
  traceparent       text not null,
  state             text not null,
  detail            text not null,
  create_time       timestamptz not null,
  update_time       timestamptz not null,
  traffic_back_time timestamptz,
  end_time          timestamptz,
  version           bigint not null,
  cancel_caller     text,
  cancel_reason     text,
  cancel_time       timestamptz,
  -- Who may work on it until when, on this database's clock; the fence grows each time it changes hands.
  holder            text not null default '',
  fence             bigint not null default 0,
  lease_until       timestamptz not null default '-infinity',
  -- Each preparation starts one rollback.
  constraint rollback_token unique (token),
  constraint rollback_mode check (mode in ('LIVE', 'DRY_RUN', 'STAGING')),
  constraint rollback_state check (
    state in ('PLANNED', 'RUNNING', 'VERIFYING', 'SUCCEEDED', 'FAILED', 'NEEDS_HUMAN', 'CANCELLED')),
  constraint rollback_end check ((end_time is null) = (state in ('PLANNED', 'RUNNING', 'VERIFYING'))),
  constraint rollback_cancel check (
    (cancel_time is null) = (cancel_caller is null) and (cancel_time is null) = (cancel_reason is null))
);

-- One active rollback per service, whoever starts it; a drill does not keep users on a bad revision.
create unique index rollback_one_active on rollback (service, (mode = 'LIVE')) where end_time is null;
create index rollback_newest on rollback (create_time desc, id desc);
create index rollback_newest_of_service on rollback (service, create_time desc, id desc);

-- The targets of active rollbacks, each held by one. A rehearsal changes nothing and holds none.
create table rollback_hold (
  identity    text primary key,
  rollback_id uuid not null references rollback (id)
);
create index rollback_hold_of_rollback on rollback_hold (rollback_id);

create table rollback_step (
  rollback_id uuid not null references rollback (id),
  position    int not null,
  stage       int not null,
  kind        text not null,
  state       text not null,
  attempts    int not null,
  round       int not null,
  effect      text not null,
  seen_before text not null,
  seen_after  text not null,
  start_time  timestamptz,
  end_time    timestamptz,
  primary key (rollback_id, position),
  constraint rollback_step_kind unique (rollback_id, stage, kind),
  constraint rollback_step_state check (state in ('PENDING', 'ACTIVE', 'DONE', 'GIVEN_UP')),
  constraint rollback_step_effect check (effect in ('NONE', 'UNKNOWN', 'CHANGED')),
  constraint rollback_step_counts check (attempts >= 0 and round >= 0)
);

-- The record: who did or saw what, in order; only ever added to.
create table rollback_event (
  rollback_id uuid not null references rollback (id),
  position    bigint generated always as identity,
  time        timestamptz not null,
  by          text not null,
  state       text not null,
  step        text not null,
  detail      text not null,
  seen_before text not null,
  seen_after  text not null,
  primary key (rollback_id, position)
);
