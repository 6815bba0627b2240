-- The newest rollout of each of Flagger's Canaries: what Flagger sends has no number that tells one rollout from the next, so they are counted here.
-- A row stays as long as the releases do, for a number must not come again.
create table flagger_rollouts (
  namespace  text not null,
  name       text not null,
  number     integer not null check (number > 0),
  checksum   text not null,
  state      text not null check (state in ('RUNNING', 'ENDED', 'CONFIRMING')),
  service    text not null,
  canary     text not null,
  first_step boolean not null,
  weight     integer not null,
  began_at   timestamptz not null,
  primary key (namespace, name)
);
