-- The rules that questions have added for a release to those of its policy; null where none has.
alter table releases add column added_rules jsonb;
