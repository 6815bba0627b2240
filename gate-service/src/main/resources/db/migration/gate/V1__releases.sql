-- One row per release. `digest` stands for (service, namespace, rollout, canary, revision), which together can be longer than an index entry may be.
create table releases (
  id              uuid primary key,
  number          bigint generated always as identity unique,
  digest          text not null unique,
  service         text not null,
  namespace       text not null,
  rollout         text not null,
  canary          text not null,
  revision        text not null,
  stable          text not null,
  traceparent     text not null,
  opened_at       timestamptz not null,
  state           text not null check (state in ('OPEN', 'PROMOTED', 'ABORTED', 'SUPERSEDED')),
  analysis        text not null default '',
  seen_windows    integer not null default -1,
  seen_changed    timestamptz not null default 'epoch',
  latest_decision uuid,
  ended_at        timestamptz,
  next_review     timestamptz not null,
  check ((state = 'OPEN') = (ended_at is null)),
  check (state = 'OPEN' or latest_decision is not null)
);

create index releases_by_service on releases (service, number desc);
create index releases_open on releases (service, number) where state = 'OPEN';
create index releases_to_review on releases (next_review) where state = 'OPEN';

-- Written once, never changed.
create table decisions (
  id          uuid primary key,
  number      bigint generated always as identity unique,
  release_id  uuid not null references releases (id),
  outcome     text not null check (outcome in ('PROMOTE', 'HOLD', 'ABORT')),
  reasons     text[] not null check (cardinality(reasons) > 0),
  explanation text not null,
  verdict     text,
  measuring   text,
  windows     integer not null,
  figures     jsonb not null,
  analysis    jsonb,
  actor       text not null,
  comment     text not null,
  step        text not null,
  trace_id    text not null,
  traceparent text not null,
  decided_at  timestamptz not null
);

create index decisions_of_release on decisions (release_id, number desc);

alter table releases add foreign key (latest_decision) references decisions (id);

-- The rollback an ABORT wants: written with the decision, settled when rollback-service has answered.
create table rollback_orders (
  release_id    uuid primary key references releases (id),
  decision_id   uuid not null unique references decisions (id),
  from_revision text not null,
  to_revision   text not null,
  reason        text not null,
  traceparent   text not null,
  state         text not null check (state in ('PENDING', 'STARTED', 'REFUSED')),
  rollback      text not null default '',
  detail        text not null default '',
  next_try      timestamptz not null
);

create index rollback_orders_pending on rollback_orders (next_try) where state = 'PENDING';
