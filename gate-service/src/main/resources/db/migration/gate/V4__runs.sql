-- A canary that comes back is a release of its own: `run` counts the releases of one key, from 1.
alter table releases add column run integer not null default 1 check (run > 0);
alter table releases drop constraint releases_digest_key;
alter table releases add constraint releases_digest_run unique (digest, run);

-- When the canary was first seen to have served a request; null while it was not. Before this version nothing more was kept than the decisions say.
alter table releases add column served_at timestamptz;
update releases r set served_at =
  (select min(d.decided_at) from decisions d where d.release_id = r.id and d.measuring = 'MEASURING');

-- To find the releases that have taken the traffic over.
create index releases_served on releases (service, number) where served_at is not null;

-- Ended without a verdict: no canary to judge by the deadline, or no analysis to be had.
alter table releases drop constraint releases_state_check;
alter table releases add constraint releases_state_check
  check (state in ('OPEN', 'PROMOTED', 'ABORTED', 'SUPERSEDED', 'EXPIRED'));
