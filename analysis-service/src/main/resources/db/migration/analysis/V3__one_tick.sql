-- Due analyses are polled together, so that one query answers all that share a metric; shards would ask it once each.
drop index analysis_due;
alter table analysis drop column shard;
create index analysis_due on analysis (next_poll_at) where state = 'RUNNING';
