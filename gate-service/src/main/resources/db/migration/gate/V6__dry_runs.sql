-- Whether nobody goes by the decisions of a release, so that none of them rolls anything back; fixed for its life.
alter table releases add column dry_run boolean not null default false;
-- To find the release that was aborted last, whose rollback has to be over before the next deploy begins.
create index releases_aborted on releases (service, ended_at desc) where state = 'ABORTED' and not dry_run;
