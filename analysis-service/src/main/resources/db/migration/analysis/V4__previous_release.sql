-- What was counted of the release before, where there is no concurrent baseline; for people, in no test.
alter table analysis add column previous_release jsonb;
