-- What the latest window shows that says the same as the latest decision, which stays as it was recorded; null while no window has closed since.
alter table releases add column confirmation jsonb;
