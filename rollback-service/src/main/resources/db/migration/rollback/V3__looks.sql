-- What the looks of a step have come to: how long it was looked while a replica was up, and the revision that was seen to have the traffic,
-- which is another than was ordered where a controller gave the restored pods a new name.
alter table rollback_step
  add column looked_millis bigint not null default 0,
  add column revision      text   not null default '',
  add constraint rollback_step_looked check (looked_millis >= 0);
